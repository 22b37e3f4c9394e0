//! Group commit: who shares a commit, who gets which answer, and what a fault of the disk does.

mod faults;
mod full_disk;
mod group;

use std::pin::Pin;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::task::{Context, Poll, Waker};

use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::db::{Db, DbError, DbUrl, Migration, Tx, WriteError};
use crate::params;

const TABLE: Migration = Migration {
    id: "2024-04-01-rows",
    sql: "CREATE TABLE rows (n INTEGER PRIMARY KEY, words TEXT NOT NULL)",
};

type Answer = Result<i64, WriteError<DbError>>;
type Waiting = Pin<Box<dyn Future<Output = Answer> + Send>>;

async fn fresh() -> (tempfile::TempDir, Db) {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&DbUrl::sqlite(folder.path().join("a.db"))).unwrap();
    db.migrate(&[TABLE]).await.unwrap();
    (folder, db)
}

fn insert(tx: &mut Tx<'_>, n: i64) -> Result<i64, DbError> {
    tx.execute("INSERT INTO rows (n, words) VALUES (?1, ?2)", params![n, "đường hỏng"])?;
    Ok(n)
}

async fn rows(db: &Db) -> Vec<i64> {
    db.read(|tx: &mut Tx<'_>| tx.query("SELECT n FROM rows ORDER BY n", params![], |row| row.int(0)))
        .await
        .map_err(|error: WriteError<DbError>| error)
        .unwrap()
}

/// Holds the writer inside a closure until told, so that others queue up behind it.
async fn hold(db: &Db) -> (Sender<()>, JoinHandle<Result<(), WriteError<DbError>>>) {
    let (go, gate): (Sender<()>, Receiver<()>) = channel();
    let (entered, started) = oneshot::channel();
    let gate = Mutex::new((gate, Some(entered)));
    let holder = db.clone();
    let held = tokio::spawn(async move {
        holder
            .write(move |_: &mut Tx<'_>| {
                let mut gate = gate.lock().unwrap();
                // A closure may run again, and then nobody opens the gate for it.
                if let Some(entered) = gate.1.take() {
                    entered.send(()).unwrap();
                    gate.0.recv().unwrap();
                }
                Ok(())
            })
            .await
    });
    started.await.unwrap();
    (go, held)
}

async fn write(
    db: &Db,
    closure: impl Fn(&mut Tx<'_>) -> Result<i64, DbError> + Send + Sync + 'static,
) -> Answer {
    db.write(closure).await
}

/// Puts a closure into the queue behind one that [`hold`]s the writer.
fn queue(db: &Db, closure: impl Fn(&mut Tx<'_>) -> Result<i64, DbError> + Send + Sync + 'static) -> Waiting {
    let db = db.clone();
    let mut waiting: Waiting = Box::pin(async move { db.write(closure).await });
    assert!(polled(&mut waiting).is_none());
    waiting
}

fn polled(waiting: &mut Waiting) -> Option<Answer> {
    match waiting.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => Some(answer),
        Poll::Pending => None,
    }
}
