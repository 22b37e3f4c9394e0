//! Applying an answer: one transaction, so that cursor and documents never disagree.

use std::collections::BTreeSet;

use citizen_contract::fold::fold;
use citizen_contract::time::UtcMillis;
use rusqlite::{OptionalExtension as _, Transaction, params};
use serde::Deserialize;
use serde_json::Value;

use crate::store::StoreError;

/// The words of a document by which it is found; the slices know them, this room does not.
pub type SearchText = fn(kind: &str, body: &Value) -> String;

/// What an answer changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Applied {
    /// Whether any document came, changed or went.
    pub changed: bool,
    /// Whether more is waiting.
    pub more: bool,
    /// Whether a feed began anew: the backend was restored and may miss what it had confirmed.
    pub restarted: bool,
}

/// The answer, read so that a document kind of a newer backend spoils nothing.
#[derive(Deserialize)]
pub(super) struct Answer {
    subscriptions: BTreeSet<String>,
    feeds: Vec<Delta>,
}

#[derive(Deserialize)]
struct Delta {
    feed: String,
    epoch: String,
    #[serde(default)]
    reset: bool,
    next: u64,
    complete: bool,
    changes: Vec<Change>,
}

#[derive(Deserialize)]
struct Change {
    doc_id: String,
    revision: u64,
    #[serde(default)]
    doc_kind: Option<String>,
    #[serde(default)]
    body: Option<Value>,
    #[serde(default)]
    gone: Option<String>,
}

pub(super) fn apply(
    tx: &Transaction<'_>,
    answer: &Answer,
    search_text: SearchText,
    now: UtcMillis,
) -> Result<Applied, StoreError> {
    let mut applied = Applied { changed: drop_others(tx, &answer.subscriptions)?, ..Applied::default() };
    for delta in &answer.feeds {
        let known: Option<String> = tx
            .query_row("SELECT epoch FROM cursors WHERE feed = ?1", [&delta.feed], |row| row.get(0))
            .optional()?;
        let restarted = known.as_ref().is_some_and(|epoch| *epoch != delta.epoch);
        if delta.reset || restarted {
            applied.changed |= tx.execute("DELETE FROM documents WHERE feed = ?1", [&delta.feed])? > 0;
        }
        applied.restarted |= restarted;
        applied.changed |= !delta.changes.is_empty();
        applied.more |= !delta.complete;
        for change in &delta.changes {
            keep(tx, &delta.feed, change, search_text, now)?;
        }
        tx.execute(
            "INSERT INTO cursors (feed, epoch, next) VALUES (?1, ?2, ?3)
             ON CONFLICT (feed) DO UPDATE SET epoch = excluded.epoch, next = excluded.next",
            params![delta.feed, delta.epoch, delta.next],
        )?;
    }
    super::kept::set_meta(tx, "synced_at", &now.0.to_string())?;
    Ok(applied)
}

fn keep(
    tx: &Transaction<'_>,
    feed: &str,
    change: &Change,
    search_text: SearchText,
    now: UtcMillis,
) -> Result<(), StoreError> {
    if let Some(kind) = &change.gone {
        tx.execute(
            "DELETE FROM documents WHERE feed = ?1 AND kind = ?2 AND id = ?3",
            params![feed, kind, change.doc_id],
        )?;
        return Ok(());
    }
    let (Some(kind), Some(body)) = (&change.doc_kind, &change.body) else { return Ok(()) };
    put(tx, &Incoming { feed, kind, id: &change.doc_id, revision: change.revision, body }, search_text, now)
}

/// A document on its way into the cache.
pub(super) struct Incoming<'a> {
    pub feed: &'a str,
    pub kind: &'a str,
    pub id: &'a str,
    pub revision: u64,
    pub body: &'a Value,
}

pub(super) fn put(
    tx: &Transaction<'_>,
    document: &Incoming<'_>,
    search_text: SearchText,
    now: UtcMillis,
) -> Result<(), StoreError> {
    let mut statement = tx.prepare_cached(
        "INSERT INTO documents (feed, kind, id, revision, body, folded, kept_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (feed, kind, id) DO UPDATE SET revision = excluded.revision, body = excluded.body,
           folded = excluded.folded, kept_at = excluded.kept_at",
    )?;
    statement.execute(params![
        document.feed,
        document.kind,
        document.id,
        document.revision,
        document.body.to_string(),
        fold(&search_text(document.kind, document.body)),
        now.0,
    ])?;
    Ok(())
}

/// Documents of feeds that this reader no longer has go; so does what queries left behind, because
/// a lost role may be why. Says whether anything went.
fn drop_others(tx: &Transaction<'_>, subscriptions: &BTreeSet<String>) -> Result<bool, StoreError> {
    let mut statement = tx.prepare_cached("SELECT feed FROM cursors")?;
    let kept: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut lost = false;
    for feed in kept.iter().filter(|feed| !subscriptions.contains(*feed)) {
        tx.execute("DELETE FROM documents WHERE feed = ?1", [feed])?;
        tx.execute("DELETE FROM cursors WHERE feed = ?1", [feed])?;
        lost = true;
    }
    if lost {
        tx.execute("DELETE FROM documents WHERE feed = ?1", [super::documents::BY_QUERY])?;
        tx.execute("DELETE FROM pages", [])?;
        tx.execute("DELETE FROM photos", [])?;
    }
    Ok(lost)
}
