//! Where a photo's bytes are: in a sealed file, or, if an older program kept it, in rows.

use std::collections::HashSet;

use citizen_contract::ids::AttachmentId;
use rusqlite::{OptionalExtension as _, Transaction, params};

use super::OutboxError;
use super::attachments::NewAttachment;
use crate::store::{Content, Database, Place, SealedFiles, StoreError};

/// Writes the bytes of `photos` into one file and names it in rows.
pub(super) fn keep(
    tx: &Transaction<'_>,
    files: &SealedFiles,
    photos: &[NewAttachment],
) -> Result<(), OutboxError> {
    let Some(first) = photos.first() else { return Ok(()) };
    let file = first.id.to_string();
    let contexts: Vec<String> =
        photos.iter().map(|photo| context(&photo.id.to_string(), photo.sha256.as_str())).collect();
    let contents: Vec<Content<'_>> = photos
        .iter()
        .zip(&contexts)
        .map(|(photo, context)| Content { context, bytes: &photo.bytes })
        .collect();
    let starts = files.write(&file, &contents)?;
    for (photo, start) in photos.iter().zip(starts) {
        tx.execute(
            "INSERT INTO sealed (attachment_id, file, start) VALUES (?1, ?2, ?3)",
            params![photo.id.to_string(), file, start],
        )?;
    }
    Ok(())
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
    let sql = "SELECT file, start, size, sha256 FROM sealed JOIN attachments ON id = attachment_id
               WHERE attachment_id = ?1";
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
        let mut statement = tx.prepare_cached("SELECT DISTINCT file FROM sealed")?;
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
