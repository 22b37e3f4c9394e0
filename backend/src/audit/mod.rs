//! What staff did to accounts and people: one append-only, hash-chained log of codes and ids.
//!
//! A verb calls [`record()`] once for each act, as the last write before `feeds::bump`. It names
//! accounts, reports and units by their ids only, so that erasing a person leaves no word here.
//! To add an act, add it to `citizen_contract::audit`.

mod chain;
mod check;
mod checkpoint;
mod record;
#[cfg(test)]
#[cfg(feature = "postgres")]
mod tests;

use crate::db::Migration;

pub use check::verify;
pub use checkpoint::checkpoint;
pub use record::{Entry, Subject, record};

/// The tables of this room.
pub const MIGRATIONS: &[Migration] =
    &[Migration { id: "2024-06-17-audit", sql: include_str!("2024-06-17-audit.sql") }];
