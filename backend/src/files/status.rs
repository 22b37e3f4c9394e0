//! `HEAD /v1/files/…`: where an upload stands.

use citizen_contract::documents::PhotoState;

use super::attachments::Declared;
use super::rows::{self, Upload};
use super::{Files, FilesError, UploadKey, finish};
use crate::db::{DbError, WriteError};

/// Where an upload stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UploadStatus {
    /// How many bytes are durable; the next ones go there. Equal to `length` only if the attachment
    /// counts as received.
    pub offset: u64,
    /// How many bytes were declared.
    pub length: u64,
}

/// The declaration and the row, if any.
pub(super) struct Standing {
    pub(super) declared: Declared,
    pub(super) upload: Option<Upload>,
}

impl Standing {
    pub(super) fn is_received(&self) -> bool {
        self.declared.state != PhotoState::Awaited
    }

    pub(super) fn offset(&self) -> u64 {
        if self.is_received() { self.declared.size } else { self.upload.map_or(0, |upload| upload.received) }
    }
}

/// Where the upload stands. One whose last byte is there but which a crash kept from being finished
/// is finished first.
///
/// # Errors
/// [`FilesError`]
pub async fn status(files: &Files, key: &UploadKey) -> Result<UploadStatus, FilesError> {
    let standing = standing(files, key).await?;
    let length = standing.declared.size;
    if !standing.is_received() && standing.offset() == length {
        return match finish::finish(files, key, &standing).await {
            // The file was damaged: it starts again, which is no failure of asking.
            Err(FilesError::ChecksumMismatch) => Ok(UploadStatus { offset: 0, length }),
            other => other.map(|()| UploadStatus { offset: length, length }),
        };
    }
    Ok(UploadStatus { offset: standing.offset(), length })
}

pub(super) async fn standing(files: &Files, key: &UploadKey) -> Result<Standing, FilesError> {
    let (attachments, key) = (files.attachments.clone(), *key);
    files
        .backend
        .db
        .read(move |tx| {
            let Some(declared) = attachments.declared(tx, &key)? else { return Ok(None) };
            Ok::<_, DbError>(Some(Standing { declared, upload: rows::find(tx, key.attachment)? }))
        })
        .await
        .map_err(WriteError::flatten)?
        .ok_or(FilesError::NotFound)
}
