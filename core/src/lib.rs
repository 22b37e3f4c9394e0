//! The client without a window: stores, outbox, sync, one module a slice.
