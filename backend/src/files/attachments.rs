//! What this room must be told about attachments by the slice that declares them.

use citizen_contract::documents::PhotoState;
use citizen_contract::hash::ContentHash;
use citizen_contract::ids::AttachmentId;
use citizen_contract::sync::Nudge;
use citizen_contract::time::UtcMillis;

use super::UploadKey;
use crate::auth::Reader;
use crate::db::{DbError, Tx};

/// What was declared of an attachment, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    /// The size of the whole file in bytes.
    pub size: u64,
    /// The hash of the whole file.
    pub sha256: ContentHash,
    /// Whether its bytes have arrived.
    pub state: PhotoState,
}

/// What a reader may see of an attachment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sighted {
    /// Whether the bytes as they were sent may be had too, metadata and all.
    pub original: bool,
}

/// The slice's side. Each answers inside the caller's transaction.
pub trait Attachments: Send + Sync {
    /// The declaration, if an accepted command of that account made it; else there is no such upload.
    ///
    /// # Errors
    /// The database's.
    fn declared(&self, tx: &mut Tx<'_>, key: &UploadKey) -> Result<Option<Declared>, DbError>;

    /// Whether this reader may see it; else it does not exist for them.
    ///
    /// # Errors
    /// The database's.
    fn sighted(
        &self,
        tx: &mut Tx<'_>,
        reader: &Reader,
        attachment: AttachmentId,
    ) -> Result<Option<Sighted>, DbError>;

    /// Records that all bytes are there, and whether they are a picture; bumps the feeds that show
    /// it. Answers whom to nudge after COMMIT. Called again for the same attachment it changes nothing.
    ///
    /// # Errors
    /// The database's.
    fn received(
        &self,
        tx: &mut Tx<'_>,
        attachment: AttachmentId,
        state: PhotoState,
        now: UtcMillis,
    ) -> Result<Vec<Nudge>, DbError>;
}
