//! The last byte is there: check the whole, make it safe to show, and let it count.

use citizen_contract::documents::PhotoState;
use citizen_contract::hash::ContentHash;
use object_store::path::Path;
use object_store::{ObjectStoreExt as _, PutPayload};

use super::picture::{self, Derivatives};
use super::rows::{self, Upload};
use super::status::Standing;
use super::{Files, FilesError, Step, UploadKey, objects, sweep};
use crate::db::{DbError, WriteError};

/// Finishes an upload. May be called any number of times, also at once, and goes on where a crash
/// stopped it.
pub(super) async fn finish(files: &Files, key: &UploadKey, standing: &Standing) -> Result<(), FilesError> {
    let Some(upload) = standing.upload else {
        // Nothing but an empty declaration ends without a part; commands refuse those.
        return Err(FilesError::ChecksumMismatch);
    };
    if standing.is_received() {
        return sweep::remove_parts(files, key.command, key.attachment).await;
    }
    let state = match assemble(files, key, standing, upload).await {
        Ok(state) => state,
        // Somebody else finished meanwhile and has swept the parts away.
        Err(FilesError::Objects(object_store::Error::NotFound { .. })) => {
            let now = super::status::standing(files, key).await?;
            return if now.is_received() { Ok(()) } else { start_again(files, key, upload).await };
        }
        Err(error) => return Err(error),
    };
    let (attachments, attachment, now) =
        (files.attachments.clone(), key.attachment, files.backend.clock.now());
    let nudges = files
        .backend
        .db
        .write(move |tx| {
            rows::finish(tx, attachment)?;
            attachments.received(tx, attachment, state, now)
        })
        .await
        .map_err(WriteError::<DbError>::flatten)?;
    files.backend.nudges.tell(nudges);
    files.faults.after(Step::Recorded)?;
    sweep::remove_parts(files, key.command, key.attachment).await
}

/// Stores the blobs and says what they are.
async fn assemble(
    files: &Files,
    key: &UploadKey,
    standing: &Standing,
    upload: Upload,
) -> Result<PhotoState, FilesError> {
    let (attachment, generation) = (key.attachment, upload.generation);
    let parts: Vec<Path> = files
        .backend
        .db
        .read(move |tx| rows::parts(tx, attachment, generation))
        .await
        .map_err(WriteError::<DbError>::flatten)?;
    // Held over reading, hashing and decoding, because each holds a whole file.
    let _turn = files.decoding.acquire().await.map_err(|_| FilesError::Stopping)?;
    let size = usize::try_from(standing.declared.size).unwrap_or(0);
    let bytes = objects::read_all(&files.backend.blobs, &parts, size).await?;
    let (bytes, hash) = blocking(move || {
        let hash = ContentHash::of(&bytes);
        (bytes, hash)
    })
    .await?;
    if hash != standing.declared.sha256 {
        start_again(files, key, upload).await?;
        return Err(FilesError::ChecksumMismatch);
    }
    let bytes = bytes::Bytes::from(bytes);
    put(files, objects::blob(attachment, "original"), bytes.clone()).await?;
    files.faults.after(Step::OriginalStored)?;
    let Some(Derivatives { display, thumb }) = derive(bytes).await? else {
        return Ok(PhotoState::Unreadable);
    };
    put(files, objects::blob(attachment, "display"), display.into()).await?;
    put(files, objects::blob(attachment, "thumb"), thumb.into()).await?;
    files.faults.after(Step::DerivativesStored)?;
    Ok(PhotoState::Received)
}

/// A picture that makes the decoder panic is as unreadable as any other.
async fn derive(bytes: bytes::Bytes) -> Result<Option<Derivatives>, FilesError> {
    match tokio::task::spawn_blocking(move || picture::derive(&bytes)).await {
        Ok(derived) => Ok(derived.ok()),
        Err(error) if error.is_panic() => Ok(None),
        Err(_) => Err(FilesError::Stopping),
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, FilesError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| FilesError::Stopping)
}

async fn put(files: &Files, location: Path, bytes: bytes::Bytes) -> Result<(), FilesError> {
    files.backend.blobs.put(&location, PutPayload::from_bytes(bytes)).await?;
    Ok(())
}

/// The whole does not fit what was declared, although each part arrived: from byte 0 again.
async fn start_again(files: &Files, key: &UploadKey, upload: Upload) -> Result<(), FilesError> {
    let (attachment, now) = (key.attachment, files.backend.clock.now());
    files
        .backend
        .db
        .write(move |tx| rows::start_again(tx, attachment, upload.generation, now))
        .await
        .map_err(WriteError::<DbError>::flatten)?;
    let stale = objects::upload(key.command, attachment).join(upload.generation.to_string());
    objects::remove_below(&files.backend.blobs, &stale).await?;
    Ok(())
}
