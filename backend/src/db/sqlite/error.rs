//! SQLite's result codes in the room's terms.

use rusqlite::{Error, ErrorCode, ffi};

use crate::db::error::{ConstraintKind, DbError, StorageFault};

/// Translates. SQLite's messages name tables, columns and pieces of the statement, never a bound value.
pub(super) fn translate(error: Error) -> DbError {
    let (inner, message) = match error {
        Error::SqliteFailure(inner, message) => (inner, message.unwrap_or_default()),
        Error::SqlInputError { error, msg, .. } => (error, msg),
        other => return DbError::Statement { code: "usage".into(), message: other.to_string() },
    };
    let fault = match inner.code {
        ErrorCode::DiskFull => StorageFault::Full,
        ErrorCode::SystemIoFailure | ErrorCode::OutOfMemory | ErrorCode::CannotOpen => StorageFault::Io,
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => StorageFault::Corrupt,
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StorageFault::Busy,
        ErrorCode::ReadOnly => StorageFault::ReadOnly,
        ErrorCode::ConstraintViolation => {
            return DbError::Constraint { kind: constraint(inner.extended_code), name: message };
        }
        _ => {
            return DbError::Statement { code: inner.extended_code.to_string(), message };
        }
    };
    DbError::Storage(fault)
}

fn constraint(extended_code: i32) -> ConstraintKind {
    match extended_code {
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY => ConstraintKind::ForeignKey,
        ffi::SQLITE_CONSTRAINT_NOTNULL => ConstraintKind::NotNull,
        ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID => {
            ConstraintKind::Unique
        }
        _ => ConstraintKind::Check,
    }
}
