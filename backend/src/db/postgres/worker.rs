//! A thread with a connection of its own, which runs a closure until it is through.

use std::sync::Mutex;
use std::sync::mpsc::Receiver;
use std::thread;

use super::conn::PostgresConn;
use crate::db::conn::Conn;
use crate::db::error::{ConstraintKind, DbError, StorageFault};
use crate::db::job::{Job, Ran};
use crate::db::open::{Attempt, Pause};
use crate::db::tx::Tx;
use crate::kill_points;

/// How often a closure is run before its caller hears that others were in the way each time.
const MOST_RUNS: u32 = 40;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Write,
    Read,
}

pub(super) struct Worker {
    url: String,
    kind: Kind,
    number: u32,
    pause: Pause,
    conn: Option<PostgresConn>,
}

/// What to do after one run.
enum Next {
    Answer,
    Fail(DbError),
    Again(DbError),
}

impl Worker {
    pub(super) fn new(url: String, kind: Kind, number: u32, pause: Pause) -> Result<Self, DbError> {
        let conn = Some(PostgresConn::connect(&url)?);
        Ok(Self { url, kind, number, pause, conn })
    }

    /// Takes jobs until the door closes.
    pub(super) fn serve(&mut self, waiting: &Mutex<Receiver<Box<dyn Job>>>) {
        loop {
            let next = {
                let Ok(queue) = waiting.lock() else { return };
                queue.recv()
            };
            let Ok(mut job) = next else { return };
            match self.carry_through(job.as_mut()) {
                Ok(()) => job.answer(),
                Err(error) => {
                    tracing::warn!(code = error.code(), "transaction not committed");
                    job.fail(error);
                }
            }
        }
    }

    fn carry_through(&mut self, job: &mut dyn Job) -> Result<(), DbError> {
        let mut doubted = false;
        for number in 1..=MOST_RUNS {
            let mut conn = self.begun()?;
            let next = run_once(&mut conn, self.kind, job, &mut doubted);
            if conn.settled() {
                self.conn = Some(conn);
            }
            match next {
                Next::Answer => return Ok(()),
                Next::Fail(error) => return Err(error),
                Next::Again(reason) => {
                    tracing::debug!(run = number, reason = reason.code(), "transaction runs again");
                    thread::sleep((self.pause)(Attempt { number, connection: self.number }));
                }
            }
        }
        Err(DbError::Contended)
    }

    /// A connection inside a new transaction. A kept one may have died while idle; then nothing has
    /// run yet and a new one is as good.
    fn begun(&mut self) -> Result<PostgresConn, DbError> {
        let begin = match self.kind {
            // The savepoint lets a refusal undo its writes and still have its reads checked by COMMIT.
            Kind::Write => "BEGIN ISOLATION LEVEL SERIALIZABLE; SAVEPOINT one",
            Kind::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        if let Some(mut kept) = self.conn.take()
            && kept.control(begin).is_ok()
        {
            return Ok(kept);
        }
        let mut fresh = PostgresConn::connect(&self.url)?;
        fresh.control(begin)?;
        Ok(fresh)
    }
}

/// Runs the closure once in the transaction that is open, and ends that.
fn run_once(conn: &mut PostgresConn, kind: Kind, job: &mut dyn Job, doubted: &mut bool) -> Next {
    let mut tx = Tx::new(conn);
    let ran = job.run(&mut tx);
    let spoilt = tx.spoilt().cloned();
    match spoilt {
        // Leaving the connection unsettled throws it away.
        Some(DbError::Storage(StorageFault::Lost)) => return Next::Fail(StorageFault::Lost.into()),
        Some(DbError::Contended) => return undo(conn, Next::Again(DbError::Contended)),
        // A row that another transaction committed after our view began: the next run sees it. Only
        // a violation that comes twice is the closure's own.
        Some(error @ DbError::Constraint { kind: ConstraintKind::Unique, .. }) if !*doubted => {
            *doubted = true;
            return undo(conn, Next::Again(error));
        }
        _ => {}
    }
    match (ran, kind) {
        (Ran::Failed(error), _) => undo(conn, Next::Fail(error)),
        (Ran::Done, Kind::Write) => {
            kill_points::reached("group-run");
            end(conn, "COMMIT")
        }
        (Ran::Refused, Kind::Write) => end(conn, "ROLLBACK TO SAVEPOINT one; COMMIT"),
        (Ran::Done | Ran::Refused, Kind::Read) => undo(conn, Next::Answer),
    }
}

fn undo(conn: &mut PostgresConn, next: Next) -> Next {
    let _ = conn.control("ROLLBACK");
    next
}

fn end(conn: &mut PostgresConn, how: &str) -> Next {
    match conn.control(how) {
        Ok(()) => {
            kill_points::reached("committed");
            Next::Answer
        }
        Err(DbError::Contended) => undo(conn, Next::Again(DbError::Contended)),
        Err(error) => undo(conn, Next::Fail(error)),
    }
}
