//! A connection to the file.

use std::path::Path;
use std::time::Duration;

use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags};

use super::error::translate;
use crate::db::conn::{Cells, Conn, Engine, Row};
use crate::db::error::{DbError, StorageFault};
use crate::db::value::Value;

/// How long a connection waits for another process (a backup, a migration) before it is `storage-busy`.
const BUSY: Duration = Duration::from_secs(5);

/// The most that a connection keeps of the file in memory, in KiB. With SQLite's own 2 MiB a writer
/// reads pages again for nearly every row once the file has grown.
const CACHE_KIB: i64 = 32 * 1024;

/// One open connection with its kept statements.
pub(super) struct SqliteConn(pub(super) Connection);

impl SqliteConn {
    /// The connection that writes; makes the file.
    pub(super) fn writing(path: &Path) -> Result<Self, DbError> {
        make_private(path).map_err(|_| StorageFault::Io)?;
        let conn = Self::with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        // FULL: an answered COMMIT survives a loss of power. MEMORY: what a savepoint may have to undo
        // is kept there, a group being small; by default it spills into a file after 64 KiB. The log
        // grows to 16 MiB before it is copied, since the same pages are written by many groups.
        // What is deleted is overwritten: an erased word must not stay in a free corner of the file.
        conn.0
            .execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
                 PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4096; PRAGMA secure_delete = ON;",
            )
            .map_err(translate)?;
        Ok(conn)
    }

    /// A connection that cannot write.
    pub(super) fn reading(path: &Path) -> Result<Self, DbError> {
        // Not SQLITE_OPEN_READ_ONLY: a reader must be able to recover the write-ahead log's index.
        let conn = Self::with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        conn.0.execute_batch("PRAGMA query_only = ON;").map_err(translate)?;
        Ok(conn)
    }

    fn with_flags(path: &Path, flags: OpenFlags) -> Result<Self, DbError> {
        let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(path, flags).map_err(translate)?;
        conn.busy_timeout(BUSY).map_err(translate)?;
        conn.set_prepared_statement_cache_capacity(256);
        conn.pragma_update(None, "cache_size", -CACHE_KIB).map_err(translate)?;
        Ok(Self(conn))
    }

    /// Whether a transaction is open; SQLite closes one by itself after some faults.
    pub(super) fn in_transaction(&self) -> bool {
        !self.0.is_autocommit()
    }
}

/// Makes the file for our own user only, if it is not there; SQLite gives its log the same rights.
pub(super) fn make_private(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

impl Conn for SqliteConn {
    fn engine(&self) -> Engine {
        Engine::Sqlite
    }

    fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, DbError> {
        let mut statement = self.0.prepare_cached(sql).map_err(translate)?;
        let changed = statement.execute(rusqlite::params_from_iter(params)).map_err(translate)?;
        Ok(u64::try_from(changed).unwrap_or(u64::MAX))
    }

    fn query(
        &mut self,
        sql: &str,
        params: &[Value],
        each: &mut dyn FnMut(&Row<'_>) -> Result<(), DbError>,
    ) -> Result<(), DbError> {
        let mut statement = self.0.prepare_cached(sql).map_err(translate)?;
        let mut rows = statement.query(rusqlite::params_from_iter(params)).map_err(translate)?;
        while let Some(row) = rows.next().map_err(translate)? {
            each(&Row(row))?;
        }
        Ok(())
    }

    fn control(&mut self, sql: &str) -> Result<(), DbError> {
        self.0.prepare_cached(sql).and_then(|mut statement| statement.execute([])).map_err(translate)?;
        Ok(())
    }
}

impl Cells for rusqlite::Row<'_> {
    fn value(&self, index: usize) -> Result<Value, DbError> {
        let strange = |found: &str| DbError::Column { index, wanted: "a column", found: found.into() };
        match self.get_ref(index).map_err(|_| strange("missing"))? {
            ValueRef::Null => Ok(Value::Null),
            ValueRef::Integer(n) => Ok(Value::Int(n)),
            ValueRef::Text(text) => {
                String::from_utf8(text.to_vec()).map(Value::Text).map_err(|_| strange("not UTF-8"))
            }
            ValueRef::Blob(bytes) => Ok(Value::Bytes(bytes.to_vec())),
            ValueRef::Real(_) => Err(strange("real")),
        }
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(n) => ValueRef::Integer(*n),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}
