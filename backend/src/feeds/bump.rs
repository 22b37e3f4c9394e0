//! Moves feeds on.

use std::collections::BTreeMap;

use citizen_contract::sync::Nudge;

use super::Change;
use crate::db::{DbError, Tx};
use crate::params;

/// Gives each change the next position of its feed. Call it **last** in a transaction: the locks of
/// the counter rows, taken here in sorted order, are held until COMMIT and keep others of the same
/// feeds waiting. Answers what to tell after COMMIT.
///
/// # Errors
/// [`DbError::NoRow`] when [`super::begin`] was never called.
pub fn bump(tx: &mut Tx<'_>, changes: &[Change]) -> Result<Vec<Nudge>, DbError> {
    let mut feeds: BTreeMap<&str, BTreeMap<(&str, &str), &Change>> = BTreeMap::new();
    for change in changes {
        // Said twice in one transaction, the last word counts.
        let documents = feeds.entry(&change.feed).or_default();
        documents.insert((&change.doc_kind, &change.doc_id), change);
    }
    let mut nudges = Vec::with_capacity(feeds.len());
    for (feed, documents) in feeds {
        let last = advance(tx, feed, documents.len())?;
        let first = last - int(documents.len())? + 1;
        for (seq, change) in (first..).zip(documents.into_values()) {
            place(tx, seq, change)?;
        }
        nudges.push(Nudge::Feed { feed: feed.to_owned(), seq: last.unsigned_abs() });
    }
    Ok(nudges)
}

/// Adds to the counter, which is made when the feed is new, and answers its value.
fn advance(tx: &mut Tx<'_>, feed: &str, by: usize) -> Result<i64, DbError> {
    tx.query_one(
        "INSERT INTO feeds (feed, epoch, seq) SELECT ?1, epoch, ?2 FROM feed_epoch WHERE one = 1 \
         ON CONFLICT (feed) DO UPDATE SET seq = feeds.seq + excluded.seq RETURNING seq",
        params![feed, int(by)?],
        |row| row.int(0),
    )
}

fn place(tx: &mut Tx<'_>, seq: i64, change: &Change) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO feed_rows (feed, doc_kind, doc_id, seq, revision, gone) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (feed, doc_kind, doc_id) DO UPDATE \
         SET seq = excluded.seq, revision = excluded.revision, gone = excluded.gone",
        params![&change.feed, &change.doc_kind, &change.doc_id, seq, int(change.revision)?, change.gone],
    )?;
    Ok(())
}

fn int(n: impl TryInto<i64>) -> Result<i64, DbError> {
    n.try_into().map_err(|_| DbError::Statement {
        code: "range".into(),
        message: "a number does not fit into 63 bits".into(),
    })
}
