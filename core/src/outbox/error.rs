//! What the outbox says no to.

use crate::store::StoreError;

/// A refusal or failure of the outbox.
#[derive(Debug, thiserror::Error)]
pub enum OutboxError {
    /// The store failed; nothing was changed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no such draft, command or photo here.
    #[error("there is no such item")]
    Missing,
    /// The command may already be on its way, so it cannot be taken back.
    #[error("the command may already be on its way")]
    OnItsWay,
    /// Later commands on the same report build on this one.
    #[error("later commands build on this one")]
    BuiltOn,
    /// More photos than one command may have.
    #[error("too many photos")]
    TooManyPhotos,
    /// All attachments together would take more room than the outbox may use.
    #[error("the outbox is full")]
    Quota,
}

impl OutboxError {
    /// The short code that screens act on.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Store(error) => error.code(),
            Self::Missing => "not-found",
            Self::OnItsWay => "already-on-its-way",
            Self::BuiltOn => "has-successors",
            Self::TooManyPhotos => "too-many-photos",
            Self::Quota => "outbox-full",
        }
    }
}

impl From<rusqlite::Error> for OutboxError {
    fn from(error: rusqlite::Error) -> Self {
        match error {
            rusqlite::Error::QueryReturnedNoRows => Self::Missing,
            other => Self::Store(other.into()),
        }
    }
}

impl From<serde_json::Error> for OutboxError {
    fn from(error: serde_json::Error) -> Self {
        Self::Store(error.into())
    }
}
