//! The writing thread: group commit.
//!
//! All closures that wait run one after another in one transaction, and one COMMIT (one sync of the
//! disk) covers them. Answers leave only after it. Hardly any closure fails, and keeping what each
//! might have to undo costs as much as its rows, so a group runs without that first. When one fails,
//! nothing is kept, and the whole group runs again, each closure in its own savepoint.

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
        let result = run_whole(&mut conn, group, waiting, self.group).and_then(|mut failed| {
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

/// Runs all closures in an open transaction, apart if they do not succeed together.
fn run_whole(
    conn: &mut SqliteConn,
    group: &mut Vec<Box<dyn Job>>,
    waiting: &Receiver<Box<dyn Job>>,
    most: usize,
) -> Result<Vec<Option<DbError>>, DbError> {
    conn.control("BEGIN IMMEDIATE")?;
    if run_together(conn, group, waiting, most)? {
        return Ok(group.iter().map(|_| None).collect());
    }
    if conn.in_transaction() {
        conn.control("ROLLBACK")?;
    }
    conn.control("BEGIN IMMEDIATE")?;
    group.iter_mut().map(|job| run_apart(conn, job.as_mut())).collect()
}

/// Runs the group, which grows by those that arrive meanwhile. False once one of them is not done.
fn run_together(
    conn: &mut SqliteConn,
    group: &mut Vec<Box<dyn Job>>,
    waiting: &Receiver<Box<dyn Job>>,
    most: usize,
) -> Result<bool, DbError> {
    let mut at = 0;
    while let Some(job) = group.get_mut(at) {
        let mut tx = Tx::new(conn);
        let ran = job.run(&mut tx);
        if let Some(fatal) = tx.fatal() {
            return Err(fatal.clone());
        }
        if ran != Ran::Done {
            return Ok(false);
        }
        at += 1;
        while group.len() < most {
            let Ok(job) = waiting.try_recv() else { break };
            group.push(job);
        }
    }
    Ok(true)
}

/// Runs one closure in its savepoint. `Err` is a fault of the storage, which ends the whole group.
fn run_apart(conn: &mut SqliteConn, job: &mut dyn Job) -> Result<Option<DbError>, DbError> {
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
