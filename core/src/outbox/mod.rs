//! The outbox: what the person said is saved, until the backend has signed for all of it.
//!
//! A command is `queued → sending → sent → settled`, or waits in `needs_person` with the reason;
//! before that it may have been a draft. Each change is one transaction. The exact text is frozen
//! when it is queued and hashed once. Commands on one report form a lane: each names the one
//! before it in `after` and is not sent before that one has its receipt, so a refused command
//! holds up only what builds on it. Everything that decides about trying again is in [`retry`].
//! Functions here block; async callers go through [`crate::store::off_thread`].

pub mod attachments;
mod backoff;
pub mod claim;
pub mod drafts;
pub mod enqueue;
mod error;
pub mod lease;
pub mod list;
mod outcome;
mod pieces;
pub mod receipts;
pub mod remove;
pub mod retry;
mod schema;
pub mod send;
pub mod settings;
mod state;

pub use backoff::{Backoff, LONGEST_WAIT_MS};
pub use error::OutboxError;
pub(crate) use outcome::park;
pub use outcome::{record_accepted, record_refused, record_waiting, resend_all, settle_due, wake};
pub use pieces::sweep;
pub use retry::Retry;
pub use schema::MIGRATIONS;
pub use state::{CommandState, PhotoProgress, Trouble, TroubleCode, Waiting};

#[cfg(test)]
mod tests;
