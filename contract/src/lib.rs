//! What crosses a wire, and the pure rules that both sides must agree on.
//!
//! Nothing here does I/O: no file, no socket, no clock, no randomness. A type that is stored or
//! sent has a JSON snapshot in `tests`; changing one on purpose means reviewing that snapshot.
//! To add a command kind, extend [`command::CommandBody`] and the table in [`report_state`];
//! to add a document kind, extend [`documents::Document`].

/// Gives types a `Debug` that shows their name only.
macro_rules! silent_debug {
    ($($name:ident),+) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                // Numbers, passwords and tokens must not reach a log by accident.
                f.write_str(concat!(stringify!($name), " { .. }"))
            }
        }
    )+};
}
pub(crate) use silent_debug;

pub mod audit;
pub mod card_qr;
pub mod checks;
pub mod citizen_id;
pub mod command;
pub mod contact;
pub mod deployment;
pub mod devices;
pub mod documents;
pub mod fold;
pub mod hash;
pub mod ids;
pub mod keys;
pub mod my_data;
pub mod outcome;
pub mod phone;
pub mod problem;
pub mod profile;
pub mod query;
pub mod registration;
pub mod report_state;
pub mod session;
pub mod signed;
pub mod staff;
pub mod sync;
pub mod time;
pub mod working_time;
