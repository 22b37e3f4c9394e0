//! Reading documents from the cache.

use citizen_contract::fold::fold;
use citizen_contract::time::UtcMillis;
use rusqlite::{OptionalExtension as _, params};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::SearchText;
use super::apply::{Incoming, put};
use crate::store::{Database, StoreError};

/// The stand-in feed of documents that an online query brought.
pub const BY_QUERY: &str = "query:document";

/// A document and when it came.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept<T> {
    /// The document.
    pub body: T,
    /// When it came to this device.
    pub kept_at: UtcMillis,
}

/// One document in its newest kept form.
///
/// # Errors
/// [`StoreError::Shape`] if the body is not of type `T`.
pub fn get<T: DeserializeOwned>(db: &Database, kind: &str, id: &str) -> Result<Option<Kept<T>>, StoreError> {
    db.read(|tx| {
        let found: Option<(String, i64)> = tx
            .query_row(
                "SELECT body, kept_at FROM documents WHERE kind = ?1 AND id = ?2
                 ORDER BY revision DESC, kept_at DESC LIMIT 1",
                params![kind, id],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        let Some((body, kept_at)) = found else { return Ok(None) };
        Ok(Some(Kept { body: serde_json::from_str(&body)?, kept_at: UtcMillis(kept_at) }))
    })
}

/// All documents of a kind in feeds whose name starts with `feed_prefix`, whose words contain all
/// of `words` (with or without diacritics; empty for all). One that this program cannot read is left out.
///
/// # Errors
/// [`StoreError`].
pub fn list<T: DeserializeOwned>(
    db: &Database,
    feed_prefix: &str,
    kind: &str,
    words: &str,
) -> Result<Vec<T>, StoreError> {
    let wanted = fold(words);
    db.read(|tx| {
        let mut statement = tx.prepare_cached(
            "SELECT body, folded FROM documents WHERE kind = ?1 AND substr(feed, 1, ?2) = ?3 ORDER BY id DESC",
        )?;
        let length = i64::try_from(feed_prefix.chars().count()).unwrap_or(0);
        let rows = statement.query_map(params![kind, length, feed_prefix], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
        })?;
        let mut documents = Vec::new();
        for row in rows {
            let (body, folded) = row?;
            if wanted.split(' ').all(|word| folded.contains(word))
                && let Ok(document) = serde_json::from_str(&body)
            {
                documents.push(document);
            }
        }
        Ok(documents)
    })
}

/// Keeps a document that an online query brought.
///
/// # Errors
/// [`StoreError`].
pub fn keep_from_query(
    db: &Database,
    kind: &str,
    id: &str,
    revision: u64,
    body: &Value,
    search_text: SearchText,
    now: UtcMillis,
) -> Result<(), StoreError> {
    db.write(|tx| put(tx, &Incoming { feed: BY_QUERY, kind, id, revision, body }, search_text, now))
}

/// Forgets a document that the backend confirmed to be gone, before the next sync says so.
///
/// # Errors
/// [`StoreError`].
pub fn forget(db: &Database, kind: &str, id: &str) -> Result<(), StoreError> {
    db.write(|tx| {
        tx.execute("DELETE FROM documents WHERE kind = ?1 AND id = ?2", params![kind, id])?;
        Ok(())
    })
}
