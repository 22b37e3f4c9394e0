//! Scenarios with personas against the real parts.
