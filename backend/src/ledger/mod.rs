//! The ledger room: reports as event logs, through which the slices `reports` and `workbench` write.
//!
//! A verb opens a report with [`OpenReport::open`], which checks rights, revision and state machine,
//! changes the row, and ends with [`OpenReport::finish`], which appends the event. Words, places and
//! names go into the erasable payload and nowhere else. To add an act: extend the state table in
//! `citizen_contract::report_state`, write a verb in its slice, and read its payload in
//! `reports::render`.

mod announce;
mod append;
mod beginning;
pub mod chain;
pub mod counts;
pub mod deadlines;
pub mod history;
pub mod numbers;
mod open;
mod order;
mod payload;
pub mod photos;
pub mod row;
pub mod word;

pub use announce::moved;
pub use append::{Step, append};
pub use beginning::Beginning;
pub use open::OpenReport;
pub use order::{Done, Order, Refusal, words};
pub use payload::Payload;
pub use row::ReportRow;

use crate::db::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] =
    &[Migration { id: "2024-04-01-ledger", sql: include_str!("2024-04-01-ledger.sql") }];
