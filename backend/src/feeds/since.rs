//! Reads on from a position, at a cost in proportion to what changed.

use super::Change;
use crate::db::{DbError, Row, Tx};
use crate::params;

/// Where a feed stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// Its epoch.
    pub epoch: String,
    /// The position of its newest change; 0 for a feed that has none.
    pub seq: u64,
}

/// Some changes of one feed, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The feed's epoch, for the next cursor.
    pub epoch: String,
    /// Whether the reader's cursor was of no use, so that these changes start from nothing.
    pub reset: bool,
    /// The position for the next cursor.
    pub next: u64,
    /// Whether nothing more is waiting.
    pub complete: bool,
    /// Each document at most once, as it is now.
    pub changes: Vec<Change>,
}

/// Where `feed` stands; a feed that nothing moved yet stands at 0.
pub fn position(tx: &mut Tx<'_>, feed: &str) -> Result<Position, DbError> {
    let read = |row: &Row<'_>| Ok(Position { epoch: row.text(0)?, seq: row.int(1)?.unsigned_abs() });
    let found = tx.query_opt("SELECT epoch, seq FROM feeds WHERE feed = ?1", params![feed], read)?;
    match found {
        Some(position) => Ok(position),
        None => tx.query_one("SELECT epoch, 0 FROM feed_epoch WHERE one = 1", params![], read),
    }
}

/// The changes after a client's cursor, which is of no use when its epoch is another one or when it
/// lies beyond what there is.
pub fn resume(tx: &mut Tx<'_>, feed: &str, epoch: &str, after: u64, limit: u32) -> Result<Page, DbError> {
    let now = position(tx, feed)?;
    let useless = now.epoch != epoch || after > now.seq;
    let from = if useless { 0 } else { after };
    Ok(Page { reset: useless, ..page(tx, feed, now, from, limit)? })
}

/// The changes after position `after` of this epoch, at most `limit` (at least one).
pub fn since(tx: &mut Tx<'_>, feed: &str, after: u64, limit: u32) -> Result<Page, DbError> {
    let now = position(tx, feed)?;
    page(tx, feed, now, after, limit)
}

fn page(tx: &mut Tx<'_>, feed: &str, now: Position, after: u64, limit: u32) -> Result<Page, DbError> {
    if after >= now.seq {
        let (next, changes) = (now.seq, Vec::new());
        return Ok(Page { epoch: now.epoch, reset: false, next, complete: true, changes });
    }
    let rows = tx.query(
        "SELECT seq, doc_kind, doc_id, revision, gone FROM feed_rows \
         WHERE feed = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3",
        params![feed, i64::try_from(after).unwrap_or(i64::MAX), limit.max(1)],
        |row| {
            let change = Change {
                feed: feed.to_owned(),
                doc_kind: row.text(1)?,
                doc_id: row.text(2)?,
                revision: row.int(3)?.unsigned_abs(),
                gone: row.int(4)? != 0,
            };
            Ok((row.int(0)?.unsigned_abs(), change))
        },
    )?;
    let full = rows.len() >= usize::try_from(limit.max(1)).unwrap_or(usize::MAX);
    let last = rows.last().map_or(now.seq, |(seq, _)| *seq);
    // The newest row of a feed stands at its counter, so that a page that is not full reaches it.
    let next = if full { last } else { now.seq };
    let changes = rows.into_iter().map(|(_, change)| change).collect();
    Ok(Page { epoch: now.epoch, reset: false, next, complete: next >= now.seq, changes })
}
