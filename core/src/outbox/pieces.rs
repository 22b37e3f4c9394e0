//! Where a photo's bytes are: in a sealed file, or, if an older program kept it, in rows.

use std::collections::HashSet;

use citizen_contract::ids::AttachmentId;
use rusqlite::{OptionalExtension as _, Transaction, params};

use super::OutboxError;
use super::attachments::NewAttachment;
use crate::store::{Content, Database, Place, SealedFiles, StoreError};

/// Where the bytes of `photos` will be: all in one file, one behind the other.
pub(super) fn places(photos: &[NewAttachment]) -> Vec<Place> {
    let file = photos.first().map(|first| first.id.to_string()).unwrap_or_default();
    let mut start = 0_u64;
    let place = |photo: &NewAttachment| {
        let place = Place { file: file.clone(), start, size: photo.bytes.len() as u64 };
        start = start.saturating_add(place.sealed_size());
        place
    };
    photos.iter().map(place).collect()
}

/// Writes the bytes of `photos` where their rows say.
pub(super) fn keep(files: &SealedFiles, photos: &[NewAttachment]) -> Result<(), OutboxError> {
    let Some(first) = photos.first() else { return Ok(()) };
    let contexts: Vec<String> =
        photos.iter().map(|photo| context(&photo.id.to_string(), photo.sha256.as_str())).collect();
    let contents: Vec<Content<'_>> = photos
        .iter()
        .zip(&contexts)
        .map(|(photo, context)| Content { context, bytes: &photo.bytes })
        .collect();
    Ok(files.write(&first.id.to_string(), &contents)?)
}

/// What the key of a photo's bytes is derived from: the id alone would do, but for a program that
/// one day gives other bytes the same id.
fn context(id: &str, sha256: &str) -> String {
    format!("{id} {sha256}")
}

/// All bytes of a photo.
pub(super) fn all(
    tx: &Transaction<'_>,
    files: &SealedFiles,
    id: AttachmentId,
) -> Result<Vec<u8>, OutboxError> {
    let sql = "SELECT size FROM attachments WHERE id = ?1";
    let size: u64 = tx.query_row(sql, [id.to_string()], |row| row.get(0))?;
    let mut bytes = Vec::new();
    let mut seq = 0;
    loop {
        bytes.extend(one(tx, files, id, seq)?);
        if bytes.len() as u64 >= size {
            return Ok(bytes);
        }
        seq += 1;
    }
}

/// One piece of a photo, counted from 0.
pub(super) fn one(
    tx: &Transaction<'_>,
    files: &SealedFiles,
    id: AttachmentId,
    seq: u64,
) -> Result<Vec<u8>, OutboxError> {
    let id = id.to_string();
    let sql = "SELECT sealed_file, sealed_start, size, sha256 FROM attachments
               WHERE id = ?1 AND sealed_file IS NOT NULL";
    let sealed: Option<(Place, String)> = tx
        .prepare_cached(sql)?
        .query_row([&id], |row| {
            Ok((Place { file: row.get(0)?, start: row.get(1)?, size: row.get(2)? }, row.get(3)?))
        })
        .optional()?;
    let Some((place, sha256)) = sealed else {
        let sql = "SELECT bytes FROM chunks WHERE attachment_id = ?1 AND seq = ?2";
        return Ok(tx.prepare_cached(sql)?.query_row(params![id, seq], |row| row.get(0))?);
    };
    files.piece(&place, &context(&id, &sha256), seq)?.ok_or(OutboxError::Missing)
}

/// Removes the files that no row names: those of photos that were deleted or have settled, and of
/// saves that never committed. What fails is swept next time.
pub fn sweep(db: &Database) {
    let swept = db.write(|tx| {
        let mut statement =
            tx.prepare_cached("SELECT DISTINCT sealed_file FROM attachments WHERE sealed_file IS NOT NULL")?;
        let named: HashSet<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        for name in db.sealed().names()?.iter().filter(|name| !named.contains(*name)) {
            db.sealed().remove(name)?;
        }
        Ok::<_, StoreError>(())
    });
    if let Err(error) = swept {
        tracing::warn!(code = error.code(), "files of photos that are gone could not be swept");
    }
}
