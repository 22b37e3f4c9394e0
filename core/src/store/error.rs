//! What can go wrong with files and databases.

use rusqlite::ErrorCode;

/// A failure of the store. Texts carry no content of any row.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk, or the space we allow ourselves, is full. Nothing of the change was kept.
    #[error("no space is left for this change")]
    Full,
    /// Another process has this data directory open.
    #[error("another process has this data directory open")]
    InUse,
    /// The file exists and the key does not open it.
    #[error("the file cannot be read with this key")]
    Unreadable,
    /// The file is damaged.
    #[error("the file is damaged")]
    Damaged,
    /// The linked SQLite is older than the fix of its WAL-reset fault (3.51.3).
    #[error("SQLite is too old")]
    SqliteTooOld,
    /// The key store gave no answer.
    #[error(transparent)]
    Keys(#[from] crate::ports::KeyStoreError),
    /// The operating system refused.
    #[error("file system: {0}")]
    Io(std::io::Error),
    /// Any other database failure.
    #[error("database: {0}")]
    Sqlite(rusqlite::Error),
    /// A stored value does not have the shape that this program wrote.
    #[error("a stored value has an unexpected shape")]
    Shape,
    /// The process is ending.
    #[error("the store has stopped")]
    Stopped,
}

impl StoreError {
    /// The short code that screens act on.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Full => "storage-full",
            Self::InUse => "already-open",
            Self::Unreadable | Self::Damaged => "storage-unreadable",
            Self::Keys(_) => "key-store-unavailable",
            Self::SqliteTooOld | Self::Io(_) | Self::Sqlite(_) | Self::Shape | Self::Stopped => {
                "storage-failed"
            }
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::NotADatabase) => Self::Unreadable,
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged,
            _ => Self::Sqlite(error),
        }
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Io(error),
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(_: serde_json::Error) -> Self {
        Self::Shape
    }
}
