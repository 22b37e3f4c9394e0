//! What crosses a wire, and the pure rules that both sides must agree on.
//!
//! Nothing here does I/O: no file, no socket, no clock, no randomness. A type that is stored or
//! sent has a JSON snapshot in `tests`; changing one on purpose means reviewing that snapshot.
//! To add a command kind, extend [`command::CommandBody`] and the table in [`report_state`];
//! to add a document kind, extend [`documents::Document`].

pub mod citizen_id;
pub mod command;
pub mod deployment;
pub mod documents;
pub mod fold;
pub mod hash;
pub mod ids;
pub mod keys;
pub mod outcome;
pub mod problem;
pub mod profile;
pub mod query;
pub mod report_state;
pub mod session;
pub mod signed;
pub mod sync;
pub mod time;
pub mod working_time;
