//! SQLSTATE in the room's terms. Details and most messages are left out: they repeat bound values.

use postgres::Error;

use crate::db::error::{ConstraintKind, DbError, StorageFault};

/// Translates.
pub(super) fn translate(error: Error) -> DbError {
    let Some(server) = error.as_db_error() else {
        // Without a word of the server it is the connection, or a value that the driver cannot send.
        return if error.is_closed()
            || std::error::Error::source(&error).is_some_and(|s| s.is::<std::io::Error>())
        {
            StorageFault::Lost.into()
        } else {
            DbError::Statement { code: "usage".into(), message: "the driver refused it".into() }
        };
    };
    let code = server.code().code();
    if let Some(fault) = fault(code) {
        return fault.into();
    }
    let kind = match code {
        "40001" | "40P01" => return DbError::Contended,
        // A kept statement whose table has changed since.
        "0A000" if server.routine() == Some("RevalidateCachedQuery") => return DbError::Contended,
        "23505" | "23P01" => ConstraintKind::Unique,
        "23503" => ConstraintKind::ForeignKey,
        "23502" => ConstraintKind::NotNull,
        "23514" => ConstraintKind::Check,
        _ => {
            // Class 42 speaks of the statement's own text, in which nothing is bound.
            let message = if code.starts_with("42") { server.message() } else { "" };
            return DbError::Statement { code: code.to_owned(), message: message.to_owned() };
        }
    };
    let name = server.constraint().or(server.column()).or(server.table()).unwrap_or_default();
    DbError::Constraint { kind, name: name.to_owned() }
}

fn fault(code: &str) -> Option<StorageFault> {
    Some(match code {
        "53100" => StorageFault::Full,
        "25006" => StorageFault::ReadOnly,
        // 57014: the operator's statement_timeout; 55P03: lock_timeout.
        "57014" | "55P03" => StorageFault::Busy,
        "XX001" | "XX002" => StorageFault::Corrupt,
        _ if code.starts_with("53") => StorageFault::Busy,
        _ if code.starts_with("58") => StorageFault::Io,
        _ if code.starts_with("08") || code.starts_with("57P") => StorageFault::Lost,
        _ => return None,
    })
}
