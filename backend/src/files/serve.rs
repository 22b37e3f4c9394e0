//! `GET /v1/attachments/…`: a picture for somebody who may see it.

use citizen_contract::ids::AttachmentId;
use object_store::{GetResult, ObjectStoreExt as _};

use super::{Files, FilesError, objects};
use crate::auth::Reader;
use crate::db::{DbError, WriteError};

/// Which of the stored forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Variant {
    /// At most 1600 pixels a side.
    #[default]
    Display,
    /// At most 320 pixels a side.
    Thumb,
    /// The bytes as they were sent.
    Original,
}

/// Bytes on their way to a reader.
pub struct Served {
    /// The object, to be streamed.
    pub object: GetResult,
    /// Its media type.
    pub media_type: &'static str,
}

/// Opens a stored form for a reader. What they may not see, has not arrived, or cannot be shown
/// answers like what does not exist.
///
/// # Errors
/// [`FilesError`]
pub async fn serve(
    files: &Files,
    reader: &Reader,
    attachment: AttachmentId,
    variant: Variant,
) -> Result<Served, FilesError> {
    let (attachments, reader) = (files.attachments.clone(), reader.clone());
    let sighted = files
        .backend
        .db
        .read(move |tx| attachments.sighted(tx, &reader, attachment))
        .await
        .map_err(WriteError::<DbError>::flatten)?
        .ok_or(FilesError::NotFound)?;
    let (name, media_type) = match variant {
        Variant::Display => ("display", "image/jpeg"),
        Variant::Thumb => ("thumb", "image/jpeg"),
        // No browser is to guess what strangers' bytes are.
        Variant::Original => ("original", "application/octet-stream"),
    };
    if variant == Variant::Original && !sighted.original {
        return Err(FilesError::NotFound);
    }
    match files.backend.blobs.get(&objects::blob(attachment, name)).await {
        Ok(object) => Ok(Served { object, media_type }),
        Err(object_store::Error::NotFound { .. }) => Err(FilesError::NotFound),
        Err(error) => Err(error.into()),
    }
}
