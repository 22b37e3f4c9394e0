//! `PATCH /v1/files/…`: more bytes of an upload.

use bytes::Bytes;
use citizen_contract::hash::ContentHash;
use object_store::{ObjectStoreExt as _, PutPayload};

use super::rows::{self, Part, Upload};
use super::status::standing;
use super::{Files, FilesError, Step, UploadKey, finish, objects};
use crate::clock::random_bytes;
use crate::db::{DbError, WriteError};

/// The most bytes that one request may carry.
pub const MAX_PATCH_BYTES: usize = 8 * 1024 * 1024;

/// Bytes as one request brought them.
#[derive(Debug, Clone)]
pub struct Chunk {
    /// Where they begin.
    pub offset: u64,
    /// The bytes.
    pub bytes: Bytes,
    /// The hash of these bytes alone, if the client told.
    pub checksum: Option<ContentHash>,
    /// Whether the client hung up before it had sent all.
    pub cut: bool,
}

/// Whether bytes for this place would be taken, so that nobody has to read them first if not.
///
/// # Errors
/// [`FilesError::NotFound`] or [`FilesError::OffsetMismatch`].
pub async fn admit(files: &Files, key: &UploadKey, offset: u64) -> Result<(), FilesError> {
    let at = standing(files, key).await?.offset();
    if offset == at { Ok(()) } else { Err(FilesError::OffsetMismatch { offset: at }) }
}

/// Adds bytes and answers the new offset once they are durable; the last ones finish the upload.
///
/// # Errors
/// [`FilesError`]; unless it is [`FilesError::CutOff`], nothing of the bytes was kept.
pub async fn append(files: &Files, key: &UploadKey, chunk: Chunk) -> Result<u64, FilesError> {
    let standing = standing(files, key).await?;
    let (at, length) = (standing.offset(), standing.declared.size);
    if chunk.offset != at {
        return Err(FilesError::OffsetMismatch { offset: at });
    }
    let count = u64::try_from(chunk.bytes.len()).unwrap_or(u64::MAX);
    let end = at.saturating_add(count);
    if end > length {
        return Err(FilesError::TooLarge);
    }
    if let Some(declared) = &chunk.checksum
        && (chunk.cut || ContentHash::of(&chunk.bytes) != *declared)
    {
        return Err(FilesError::ChecksumMismatch);
    }
    if standing.is_received() {
        return Ok(length);
    }
    if count > 0 {
        let upload = opened(files, key, standing.upload).await?;
        keep(files, key, upload, chunk.offset, chunk.bytes).await?;
    }
    if chunk.cut {
        return Err(FilesError::CutOff);
    }
    if end == length {
        let standing = self::standing(files, key).await?;
        finish::finish(files, key, &standing).await?;
    }
    Ok(end)
}

/// The row stands before the first object, so that the sweep finds every object.
async fn opened(files: &Files, key: &UploadKey, upload: Option<Upload>) -> Result<Upload, FilesError> {
    if let Some(upload) = upload {
        return Ok(upload);
    }
    let (key, now) = (*key, files.backend.clock.now());
    let upload = files
        .backend
        .db
        .write(move |tx| {
            rows::open(tx, &key, now)?;
            rows::find(tx, key.attachment)?.ok_or(DbError::NoRow)
        })
        .await
        .map_err(WriteError::flatten)?;
    files.faults.after(Step::UploadOpened)?;
    Ok(upload)
}

async fn keep(
    files: &Files,
    key: &UploadKey,
    upload: Upload,
    start: u64,
    bytes: Bytes,
) -> Result<(), FilesError> {
    let backend = &files.backend;
    let tail = random_bytes(backend.random.as_ref());
    let object = objects::part(key.command, key.attachment, upload.generation, start, tail);
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    backend.blobs.put(&object, PutPayload::from_bytes(bytes)).await?;
    files.faults.after(Step::PartStored)?;
    let part = Part { generation: upload.generation, start, length, object: object.clone() };
    let (attachment, now) = (key.attachment, backend.clock.now());
    let added = backend
        .db
        .write(move |tx| rows::add_part(tx, attachment, &part, now))
        .await
        .map_err(WriteError::<DbError>::flatten)?;
    files.faults.after(Step::PartRecorded)?;
    if added {
        return Ok(());
    }
    // Another request was faster with bytes for the same place.
    objects::remove(&backend.blobs, &object).await?;
    let offset = standing(files, key).await?.offset();
    Err(FilesError::OffsetMismatch { offset })
}
