//! A reading thread.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::mpsc::Receiver;

use super::conn::SqliteConn;
use crate::db::conn::Conn;
use crate::db::error::DbError;
use crate::db::job::{Job, Ran};
use crate::db::tx::Tx;

/// One reading connection.
pub(super) struct Reader {
    path: PathBuf,
    conn: Option<SqliteConn>,
}

impl Reader {
    pub(super) fn open(path: &Path) -> Result<Self, DbError> {
        Ok(Self { path: path.to_path_buf(), conn: Some(SqliteConn::reading(path)?) })
    }

    /// Takes jobs until the door closes.
    pub(super) fn serve(&mut self, waiting: &Mutex<Receiver<Box<dyn Job>>>) {
        loop {
            let next = {
                let Ok(queue) = waiting.lock() else { return };
                queue.recv()
            };
            let Ok(mut job) = next else { return };
            match self.run(job.as_mut()) {
                Ok(()) => job.answer(),
                Err(error) => job.fail(error),
            }
        }
    }

    fn run(&mut self, job: &mut dyn Job) -> Result<(), DbError> {
        let mut conn = match self.conn.take() {
            Some(conn) => conn,
            None => SqliteConn::reading(&self.path)?,
        };
        // The view is that of the first statement and stays the same until the end.
        conn.control("BEGIN")?;
        let ran = job.run(&mut Tx::new(&mut conn));
        let ended = if conn.in_transaction() { conn.control("ROLLBACK") } else { Ok(()) };
        // A connection that cannot end its view is opened anew.
        if ended.is_ok() {
            self.conn = Some(conn);
        }
        match ran {
            Ran::Failed(error) => Err(error),
            Ran::Done | Ran::Refused => Ok(()),
        }
    }
}
