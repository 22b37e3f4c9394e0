//! The writing thread: group commit.
//!
//! All closures that wait run one after another, each in its own savepoint of one transaction, and
//! one COMMIT (one sync of the disk) covers them. Answers leave only after it.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;

use super::conn::SqliteConn;
use crate::db::conn::Conn;
use crate::db::error::DbError;
use crate::db::job::{Job, Ran};
use crate::db::tx::Tx;
use crate::kill_points;

/// The one writing connection.
pub(super) struct Writer {
    path: PathBuf,
    conn: Option<SqliteConn>,
    group: usize,
}

impl Writer {
    pub(super) fn open(path: &Path, group: usize) -> Result<Self, DbError> {
        let conn = Some(SqliteConn::writing(path)?);
        Ok(Self { path: path.to_path_buf(), conn, group: group.max(1) })
    }

    /// Takes groups until the door closes.
    pub(super) fn serve(&mut self, waiting: &Receiver<Box<dyn Job>>) {
        while let Ok(first) = waiting.recv() {
            let mut group = vec![first];
            let answers = self.commit_group(&mut group, waiting);
            match answers {
                Ok(failed) => {
                    kill_points::reached("committed");
                    settle(group, failed);
                }
                Err(error) => {
                    tracing::error!(code = error.code(), waiters = group.len(), "group not committed");
                    group.into_iter().for_each(|job| job.fail(error.clone()));
                }
            }
        }
    }

    /// Runs the group, which grows by those that arrive meanwhile, and commits. `Ok` holds the
    /// failure of each job that the room must answer.
    fn commit_group(
        &mut self,
        group: &mut Vec<Box<dyn Job>>,
        waiting: &Receiver<Box<dyn Job>>,
    ) -> Result<Vec<Option<DbError>>, DbError> {
        let mut conn = match self.conn.take() {
            Some(conn) => conn,
            None => SqliteConn::writing(&self.path)?,
        };
        let result = run_group(&mut conn, group, waiting, self.group).and_then(|mut failed| {
            if kill_points::planted("early-acknowledgement") {
                settle(std::mem::take(group), std::mem::take(&mut failed));
            }
            kill_points::reached("group-run");
            conn.control("COMMIT").map(|()| failed)
        });
        // A connection that cannot be brought back to rest is opened anew for the next group.
        if !conn.in_transaction() || conn.control("ROLLBACK").is_ok() {
            self.conn = Some(conn);
        }
        result
    }
}

fn run_group(
    conn: &mut SqliteConn,
    group: &mut Vec<Box<dyn Job>>,
    waiting: &Receiver<Box<dyn Job>>,
    most: usize,
) -> Result<Vec<Option<DbError>>, DbError> {
    conn.control("BEGIN IMMEDIATE")?;
    let mut failed = Vec::new();
    let mut at = 0;
    while at < group.len() {
        if let Some(job) = group.get_mut(at) {
            failed.push(run_one(conn, job.as_mut())?);
        }
        at += 1;
        while group.len() < most {
            let Ok(job) = waiting.try_recv() else { break };
            group.push(job);
        }
    }
    Ok(failed)
}

/// Runs one closure in its savepoint. `Err` is a fault of the storage, which ends the whole group.
fn run_one(conn: &mut SqliteConn, job: &mut dyn Job) -> Result<Option<DbError>, DbError> {
    conn.control("SAVEPOINT one")?;
    let mut tx = Tx::new(conn);
    let ran = job.run(&mut tx);
    if let Some(fatal) = tx.fatal() {
        return Err(fatal.clone());
    }
    if ran == Ran::Done {
        conn.control("RELEASE SAVEPOINT one")?;
        return Ok(None);
    }
    conn.control("ROLLBACK TO SAVEPOINT one")?;
    conn.control("RELEASE SAVEPOINT one")?;
    match ran {
        Ran::Failed(error) => Ok(Some(error)),
        Ran::Done | Ran::Refused => Ok(None),
    }
}

/// After COMMIT: each its own answer.
fn settle(group: Vec<Box<dyn Job>>, failed: Vec<Option<DbError>>) {
    for (job, failed) in group.into_iter().zip(failed) {
        match failed {
            None => job.answer(),
            Some(error) => job.fail(error),
        }
    }
}
