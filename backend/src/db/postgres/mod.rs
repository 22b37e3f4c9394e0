//! The engine for many processes: PostgreSQL, or what speaks its protocol.
//!
//! **Isolation.** Writes are SERIALIZABLE and are rerun on a conflict. A closure is thus written as
//! if it were alone, which it is on SQLite, and the same check-then-write is right on both engines;
//! READ COMMITTED would need `FOR UPDATE` in every verb, which SQLite does not know. The price is
//! reruns, kept low because the feed counters, the only rows that many touch, come last. Reads are
//! REPEATABLE READ READ ONLY: one view, no conflicts, no waiting.
//!
//! No advisory locks, triggers, or `LISTEN`: uniqueness is by constraint, order by row locks. The
//! connection itself is not encrypted: a socket file, or a network that is private.

mod conn;
mod error;
#[cfg(test)]
mod tests;
mod worker;

use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;

use super::conn::Engine;
use super::error::DbError;
use super::job::Job;
use super::open::{Doors, OpenError, Options};
use worker::{Kind, Worker};

/// Connects and starts a thread for each connection. They end when the doors close.
pub(crate) fn open(url: &str, options: &Options) -> Result<Doors, OpenError> {
    Ok(Doors {
        engine: Engine::Postgres,
        file: None,
        writes: start(url, options, Kind::Write, options.writers)?,
        reads: start(url, options, Kind::Read, options.readers)?,
    })
}

/// The driver blocks, which an async caller's thread must not: each thread connects for itself.
fn start(url: &str, options: &Options, kind: Kind, count: u32) -> Result<Sender<Box<dyn Job>>, OpenError> {
    let (door, waiting) = channel();
    let waiting = Arc::new(Mutex::new(waiting));
    let (tell, told) = channel();
    for number in 0..count.max(1) {
        let (waiting, tell) = (Arc::clone(&waiting), tell.clone());
        let (url, pause) = (url.to_owned(), Arc::clone(&options.pause));
        let work = move || match Worker::new(url, kind, number, pause) {
            Ok(mut worker) => {
                let _ = tell.send(Ok(()));
                drop(tell);
                worker.serve(&waiting);
            }
            Err(error) => drop(tell.send(Err(error))),
        };
        let named = thread::Builder::new().name(format!("db-{kind:?}-{number}"));
        named.spawn(work).map_err(OpenError::Thread)?;
    }
    drop(tell);
    told.iter().collect::<Result<(), DbError>>()?;
    Ok(door)
}
