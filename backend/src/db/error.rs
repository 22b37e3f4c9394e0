//! What can go wrong, told apart by what a caller does about it. No text here repeats a bound value.

use std::fmt;

/// A statement or its transaction failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DbError {
    /// A text parameter holds `U+0000`; outside it is `422`.
    #[error("text holds U+0000")]
    NulInText,
    /// A constraint refused the row.
    #[error("a {kind} constraint refused the row: {name}")]
    Constraint {
        /// Which sort of constraint.
        kind: ConstraintKind,
        /// The engine's name for it; the two engines name differently, so only for the log.
        name: String,
    },
    /// `query_one` met no row.
    #[error("no such row")]
    NoRow,
    /// `query_opt` or `query_one` met more than one row.
    #[error("more than one row")]
    ManyRows,
    /// A cell is not what the reader of the row wants.
    #[error("column {index} is {found}, not {wanted}")]
    Column {
        /// From 0.
        index: usize,
        /// What was asked for.
        wanted: &'static str,
        /// What lies there.
        found: String,
    },
    /// The statement itself is wrong: our mistake.
    #[error("statement refused ({code}): {message}")]
    Statement {
        /// SQLSTATE, or SQLite's extended code.
        code: String,
        /// The engine's words where they cannot repeat a bound value.
        message: String,
    },
    /// An earlier statement of this transaction failed, so that nothing of it may be kept.
    #[error("an earlier statement of this transaction failed")]
    Aborted,
    /// Another transaction was in the way (and, outside a closure: too many times in a row).
    #[error("another transaction was in the way")]
    Contended,
    /// The closure panicked; its own savepoint was rolled back.
    #[error("the transaction's closure panicked")]
    Panicked,
    /// The storage below failed; nothing of the transaction was acknowledged.
    #[error("storage failed: {0}")]
    Storage(#[from] StorageFault),
}

/// The sorts of constraint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConstraintKind {
    /// A primary key or UNIQUE.
    Unique,
    /// REFERENCES.
    ForeignKey,
    /// NOT NULL.
    NotNull,
    /// CHECK, and a value of another type than its column on SQLite.
    Check,
}

impl fmt::Display for ConstraintKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unique => "unique",
            Self::ForeignKey => "foreign key",
            Self::NotNull => "not null",
            Self::Check => "check",
        })
    }
}

/// How the storage failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StorageFault {
    /// No room left.
    #[error("storage-full")]
    Full,
    /// Reading or writing failed.
    #[error("storage-io")]
    Io,
    /// Somebody else holds the file, or the server takes no more work.
    #[error("storage-busy")]
    Busy,
    /// The connection was lost; whether a COMMIT on its way arrived is not known.
    #[error("storage-lost")]
    Lost,
    /// The file is not a sound database.
    #[error("storage-corrupt")]
    Corrupt,
    /// The file, the server or the reading door takes no writes.
    #[error("storage-read-only")]
    ReadOnly,
    /// The `Db` is closing.
    #[error("storage-closed")]
    Closed,
}

impl DbError {
    /// A short stable code for a problem document or a metric.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NulInText => "text-nul",
            Self::Contended => "storage-contended",
            Self::Storage(fault) => fault.code(),
            _ => "internal",
        }
    }

    /// Whether a row with this key is there already.
    pub fn is_unique(&self) -> bool {
        matches!(self, Self::Constraint { kind: ConstraintKind::Unique, .. })
    }
}

impl StorageFault {
    /// The stable code, as printed.
    pub fn code(self) -> &'static str {
        match self {
            Self::Full => "storage-full",
            Self::Io => "storage-io",
            Self::Busy => "storage-busy",
            Self::Lost => "storage-lost",
            Self::Corrupt => "storage-corrupt",
            Self::ReadOnly => "storage-read-only",
            Self::Closed => "storage-closed",
        }
    }
}

/// The answer of `Db::write` or `Db::read` when it is not the closure's own `Ok`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WriteError<E> {
    /// The closure said no; its writes were rolled back.
    #[error(transparent)]
    Refused(E),
    /// The room failed; nothing was acknowledged, and the same call may be made again.
    #[error(transparent)]
    Storage(DbError),
}

impl<E: From<DbError>> WriteError<E> {
    /// The closure's own error type for both.
    pub fn flatten(self) -> E {
        match self {
            Self::Refused(error) => error,
            Self::Storage(error) => error.into(),
        }
    }
}
