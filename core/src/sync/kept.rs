//! Other things worth keeping until they are fetched again: pages of queries, photos, small facts.

use citizen_contract::ids::AttachmentId;
use citizen_contract::time::UtcMillis;
use rusqlite::{OptionalExtension as _, Transaction, params};

use crate::store::{Database, StoreError};

/// Photos of others may take so much room; the least recently used go first.
const PHOTO_BYTES: i64 = 200 * 1024 * 1024;

/// Keeps the last page of a query.
///
/// # Errors
/// [`StoreError`].
pub fn keep_page(db: &Database, name: &str, body: &str, as_of: UtcMillis) -> Result<(), StoreError> {
    db.write(|tx| {
        tx.execute(
            "INSERT INTO pages (name, body, as_of) VALUES (?1, ?2, ?3)
             ON CONFLICT (name) DO UPDATE SET body = excluded.body, as_of = excluded.as_of",
            params![name, body, as_of.0],
        )?;
        Ok(())
    })
}

/// The kept page and its age.
///
/// # Errors
/// [`StoreError`].
pub fn page(db: &Database, name: &str) -> Result<Option<(String, UtcMillis)>, StoreError> {
    let sql = "SELECT body, as_of FROM pages WHERE name = ?1";
    db.read(|tx| Ok(tx.query_row(sql, [name], |row| Ok((row.get(0)?, UtcMillis(row.get(1)?)))).optional()?))
}

/// Keeps a photo's variant, making room if need be.
///
/// # Errors
/// [`StoreError`].
pub fn keep_photo(
    db: &Database,
    id: AttachmentId,
    variant: &str,
    media_type: &str,
    bytes: &[u8],
    now: UtcMillis,
) -> Result<(), StoreError> {
    db.write(|tx| {
        tx.execute(
            "INSERT INTO photos (attachment_id, variant, media_type, bytes, used_at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (attachment_id, variant) DO UPDATE SET bytes = excluded.bytes, used_at = excluded.used_at",
            params![id.to_string(), variant, media_type, bytes, now.0],
        )?;
        while tx.query_row("SELECT coalesce(sum(length(bytes)), 0) FROM photos", [], |row| row.get::<_, i64>(0))?
            > PHOTO_BYTES
        {
            tx.execute(
                "DELETE FROM photos WHERE rowid = (SELECT rowid FROM photos ORDER BY used_at LIMIT 1)",
                [],
            )?;
        }
        Ok(())
    })
}

/// A kept photo: its media type and bytes.
///
/// # Errors
/// [`StoreError`].
pub fn photo(
    db: &Database,
    id: AttachmentId,
    variant: &str,
) -> Result<Option<(String, Vec<u8>)>, StoreError> {
    let sql = "SELECT media_type, bytes FROM photos WHERE attachment_id = ?1 AND variant = ?2";
    let wanted = params![id.to_string(), variant];
    db.read(|tx| Ok(tx.query_row(sql, wanted, |row| Ok((row.get(0)?, row.get(1)?))).optional()?))
}

/// A small fact by name.
///
/// # Errors
/// [`StoreError`].
pub fn meta(db: &Database, name: &str) -> Result<Option<String>, StoreError> {
    let sql = "SELECT value FROM meta WHERE name = ?1";
    db.read(|tx| Ok(tx.query_row(sql, [name], |row| row.get(0)).optional()?))
}

pub(super) fn set_meta(tx: &Transaction<'_>, name: &str, value: &str) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [name, value],
    )?;
    Ok(())
}
