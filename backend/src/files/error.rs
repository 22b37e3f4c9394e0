//! What can go wrong with bytes.

use crate::db::{DbError, WriteError};

/// An upload or a reading that did not come about.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// Not declared by this account, or not for this reader.
    #[error("no such attachment")]
    NotFound,
    /// The bytes do not continue where the upload stands.
    #[error("the upload continues at {offset}")]
    OffsetMismatch {
        /// The true offset.
        offset: u64,
    },
    /// More bytes than declared, or than one request may carry.
    #[error("more bytes than allowed")]
    TooLarge,
    /// The bytes do not fit their checksum; nothing of them was kept.
    #[error("the bytes do not fit the checksum")]
    ChecksumMismatch,
    /// The client hung up; what came before stands.
    #[error("the client hung up")]
    CutOff,
    /// The object store failed; nothing was acknowledged.
    #[error("the object store failed")]
    Objects(#[from] object_store::Error),
    /// The database failed; nothing was acknowledged.
    #[error(transparent)]
    Db(#[from] DbError),
    /// A picture could not be worked on because the backend is stopping.
    #[error("the backend is stopping")]
    Stopping,
    /// A test stopped here.
    #[error("interrupted")]
    Interrupted,
}

impl From<WriteError<Self>> for FilesError {
    fn from(error: WriteError<Self>) -> Self {
        error.flatten()
    }
}
