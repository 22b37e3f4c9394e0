//! A copy of everything that is kept of somebody, for them: where all slices are joined once more.
//!
//! What belongs to a person is said by the register of the erasure, so that copy and erasure cannot
//! disagree. The ZIP is made while it is sent: nothing of it touches the server's disk, and its size
//! does not matter.

mod archive;
mod collect;
mod page;
mod rows;
mod stream;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use citizen_contract::documents::ReportDocument;
use citizen_contract::ids::{AttachmentId, CommandId};
use citizen_contract::my_data::AccountDocument;
use citizen_contract::signed::Signed;
use citizen_contract::time::UtcMillis;
use object_store::ObjectStore;
use serde_json::Value;

use crate::auth::Reader;
use crate::db::{DbError, WriteError};
use crate::files::Files;
use crate::identity::Identity;

/// No copy is made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// The account is gone.
    #[error("there is no such account")]
    Missing,
    /// Something sealed cannot be read.
    #[error("something sealed cannot be read")]
    Unreadable,
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// A photo that goes into the copy as it was sent.
struct Photo {
    id: AttachmentId,
    media_type: String,
}

/// Everything of somebody but the bytes of photos.
struct Collected {
    at: UtcMillis,
    number: String,
    phone: Option<String>,
    account: AccountDocument,
    reports: Vec<ReportDocument>,
    /// All rows, table by table.
    rows: serde_json::Map<String, Value>,
    receipts: Vec<(CommandId, Signed)>,
    photos: Vec<Photo>,
    photo_bytes: u64,
}

/// A copy that is ready to be sent.
pub struct Copy {
    /// About how many bytes it will be.
    pub about_bytes: u64,
    texts: Vec<(String, Vec<u8>)>,
    photos: Vec<Photo>,
    blobs: Arc<dyn ObjectStore>,
}

/// Reads everything of the account in one unchanging view.
///
/// # Errors
/// [`ExportError`]
pub async fn open(files: &Files, identity: &Identity, reader: &Reader) -> Result<Copy, ExportError> {
    let backend = &files.backend;
    let (numbers, reader, now) = (identity.numbers.clone(), reader.clone(), backend.clock.now());
    let read = backend.db.read(move |tx| collect::collect(tx, &numbers, &reader, now)).await;
    let collected = read.map_err(WriteError::<ExportError>::flatten)?;
    let texts = archive::texts(&collected, backend.signer.keys(), &backend.profile)?;
    let words: usize = texts.iter().map(|(_, bytes)| bytes.len()).sum();
    let words = u64::try_from(words).unwrap_or(u64::MAX);
    Ok(Copy {
        about_bytes: collected.photo_bytes.saturating_add(words),
        texts,
        photos: collected.photos,
        blobs: backend.blobs.clone(),
    })
}
