//! The writing thread: group commit.
//!
//! All closures that wait run one after another in one transaction, and one COMMIT (one sync of the
//! disk) covers them. Answers leave only after it. Hardly any closure fails, and keeping what each
//! might have to undo costs as much as its rows, so a group runs without that first. When one fails,
//! nothing is kept, and the whole group runs again, each closure in its own savepoint. The next groups
//! run so at once: whoever sends what fails all the time must not make everybody's work twice as much.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;

use super::conn::SqliteConn;
use crate::db::conn::Conn;
use crate::db::error::DbError;
use crate::db::job::{Job, Ran};
use crate::db::tx::Tx;
use crate::kill_points;

/// After a failure so many groups run apart.
const APART_GROUPS: u32 = 32;

/// How the closures of a group share a transaction.
#[derive(Clone, Copy)]
enum Way {
    /// All or none.
    Together,
    /// Each in its own savepoint.
    Apart,
}

/// The one writing connection.
pub(super) struct Writer {
    path: PathBuf,
    conn: Option<SqliteConn>,
    group: usize,
    /// Groups that still run apart.
    apart: u32,
}

impl Writer {
    pub(super) fn open(path: &Path, group: usize) -> Result<Self, DbError> {
        let conn = Some(SqliteConn::writing(path)?);
        Ok(Self { path: path.to_path_buf(), conn, group: group.max(1), apart: 0 })
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
        let result = self.run_whole(&mut conn, group, waiting).and_then(|mut failed| {
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

    /// Runs all closures in an open transaction.
    fn run_whole(
        &mut self,
        conn: &mut SqliteConn,
        group: &mut Vec<Box<dyn Job>>,
        waiting: &Receiver<Box<dyn Job>>,
    ) -> Result<Vec<Option<DbError>>, DbError> {
        if self.apart == 0 {
            if let Some(answers) = run_group(conn, group, waiting, self.group, Way::Together)? {
                return Ok(answers);
            }
            if conn.in_transaction() {
                conn.control("ROLLBACK")?;
            }
            self.apart = APART_GROUPS;
        }
        self.apart = self.apart.saturating_sub(1);
        run_group(conn, group, waiting, self.group, Way::Apart).map(Option::unwrap_or_default)
    }
}

/// Begins and runs the group, which grows by those that arrive meanwhile. The answer holds the failure
/// of each job that the room must answer; together, there is none once a job is not done.
fn run_group(
    conn: &mut SqliteConn,
    group: &mut Vec<Box<dyn Job>>,
    waiting: &Receiver<Box<dyn Job>>,
    most: usize,
    way: Way,
) -> Result<Option<Vec<Option<DbError>>>, DbError> {
    conn.control("BEGIN IMMEDIATE")?;
    let mut failed = Vec::new();
    while let Some(job) = group.get_mut(failed.len()) {
        match way {
            Way::Apart => failed.push(run_apart(conn, job.as_mut())?),
            Way::Together if run_one(conn, job.as_mut())? == Ran::Done => failed.push(None),
            Way::Together => return Ok(None),
        }
        while group.len() < most {
            let Ok(job) = waiting.try_recv() else { break };
            group.push(job);
        }
    }
    Ok(Some(failed))
}

/// Runs one closure. `Err` is a fault of the storage, which ends the whole group.
fn run_one(conn: &mut SqliteConn, job: &mut dyn Job) -> Result<Ran, DbError> {
    let mut tx = Tx::new(conn);
    let ran = job.run(&mut tx);
    tx.fatal().cloned().map_or(Ok(ran), Err)
}

/// Runs one closure in its savepoint. The answer is the failure that the room must answer for it.
fn run_apart(conn: &mut SqliteConn, job: &mut dyn Job) -> Result<Option<DbError>, DbError> {
    conn.control("SAVEPOINT one")?;
    let ran = run_one(conn, job)?;
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
