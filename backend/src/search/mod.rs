//! Finding reports by words and numbers, with or without diacritics, in the same way on both engines.
//!
//! [`Terms::fit`] alone decides what is found; the index only proposes candidates, so that a report
//! that is not indexed yet, or an index that is too broad for a word, never changes an answer.

mod index;
mod terms;
#[cfg(test)]
mod tests;

pub use index::{Candidates, candidates, forget, index};
pub use terms::Terms;

use crate::db::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] =
    &[Migration { id: "2024-05-20-search", sql: include_str!("2024-05-20-search.sql") }];
