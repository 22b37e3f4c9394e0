//! Feeds: which documents changed, in an order that no reader can fall behind of.
//!
//! A row holds only a document's id and revision; the body is rendered for the reader at read time.
//! The counter row of a feed is bumped **last** in the change's own transaction, several feeds in
//! sorted order. Its lock orders the commits: whoever has seen position *n* has seen all up to *n*.
//! A global sequence would not do, because a transaction may take a number and commit after a later one.
//!
//! A new kind of document needs nothing here. No feed may be a hot row: what everybody writes to
//! (the intake queue) is a query, not a feed.

mod bump;
mod epoch;
mod since;
#[cfg(test)]
#[cfg(feature = "postgres")]
mod tests;

pub use bump::bump;
pub use epoch::{begin, restart};
pub use since::{Page, Position, position, resume, since};

use crate::db::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] =
    &[Migration { id: "2024-04-01-feeds", sql: include_str!("2024-04-01-feeds.sql") }];

/// A document that moved in a feed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Change {
    /// `public:all`, `public:<unit>`, `account:<id>` or `unit:<id>`.
    pub feed: String,
    /// The sort of document.
    pub doc_kind: String,
    /// Its id within its kind.
    pub doc_id: String,
    /// Its revision now.
    pub revision: u64,
    /// Whether this feed's readers lose it.
    pub gone: bool,
}
