//! Copies a file in use.

use std::path::Path;

use super::conn::{SqliteConn, make_private};
use super::error::translate;
use crate::db::conn::Conn;
use crate::db::error::{DbError, StorageFault};
use crate::db::tx::Tx;

/// Copies `from` to the new file `to`, lets `mend` change the copy, and answers whether it is sound.
/// The copy is one file, without a log beside it.
pub(crate) fn copy(
    from: &Path,
    to: &Path,
    mend: &dyn Fn(&mut Tx<'_>) -> Result<(), DbError>,
) -> Result<bool, DbError> {
    let name = to.to_str().ok_or_else(|| DbError::Statement {
        code: "usage".into(),
        message: "a backup's name is UTF-8".into(),
    })?;
    // An empty file is as good as none to VACUUM INTO, and this one is nobody else's to read.
    make_private(to).map_err(|_| StorageFault::Io)?;
    // It sees one state of the data and keeps no writer waiting.
    SqliteConn::writing(from)?.0.execute("VACUUM INTO ?1", [name]).map_err(translate)?;
    let mut copy = SqliteConn::writing(to)?;
    copy.control("BEGIN IMMEDIATE")?;
    mend(&mut Tx::new(&mut copy))?;
    copy.control("COMMIT")?;
    copy.0.execute_batch("PRAGMA journal_mode = DELETE").map_err(translate)?;
    let said: String = copy.0.query_row("PRAGMA integrity_check", [], |row| row.get(0)).map_err(translate)?;
    copy.0.close().map_err(|(_, error)| translate(error))?;
    Ok(said == "ok")
}

/// Copies the whole log into the file and empties it.
pub(crate) fn scrub(file: &Path) -> Result<(), DbError> {
    let conn = SqliteConn::writing(file)?;
    // A reader may hold an old page; then the log is emptied by a later checkpoint.
    conn.0.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).map_err(translate)
}
