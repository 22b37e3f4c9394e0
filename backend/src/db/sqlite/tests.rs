//! Group commit: who shares a commit, who gets which answer.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use crate::db::{Db, DbError, DbUrl, Migration, Tx, WriteError};
use crate::params;

const TABLE: Migration = Migration {
    id: "2024-04-01-rows",
    sql: "CREATE TABLE rows (n INTEGER PRIMARY KEY, words TEXT NOT NULL)",
};

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
async fn hold(db: &Db) -> (Sender<()>, tokio::task::JoinHandle<Result<(), WriteError<DbError>>>) {
    let (go, gate): (Sender<()>, Receiver<()>) = channel();
    let (entered, started) = tokio::sync::oneshot::channel();
    let gate = Mutex::new((gate, Some(entered)));
    let holder = db.clone();
    let held = tokio::spawn(async move {
        holder
            .write(move |_: &mut Tx<'_>| {
                let mut gate = gate.lock().unwrap();
                if let Some(entered) = gate.1.take() {
                    entered.send(()).unwrap();
                }
                gate.0.recv().unwrap();
                Ok(())
            })
            .await
    });
    started.await.unwrap();
    (go, held)
}

#[tokio::test]
async fn fifty_in_a_group_one_fails_one_panics_one_is_slow_the_others_commit() {
    let (_folder, db) = fresh().await;
    let (go, held) = hold(&db).await;
    let (slow_go, slow_gate) = channel::<()>();
    let (reached, slow_reached) = channel::<()>();
    let slow = Arc::new(Mutex::new((reached, slow_gate)));
    let mut answers = Vec::new();
    for n in 0..50_i64 {
        let slow = Arc::clone(&slow);
        let mut waiting = Box::pin({
            let db = db.clone();
            async move {
                db.write(move |tx: &mut Tx<'_>| {
                    let n = insert(tx, n)?;
                    match n {
                        7 => tx
                            .execute("INSERT INTO rows (n, words) VALUES (7, 'again')", params![])
                            .map(|_| n),
                        8 => panic!("a mistake of ours"),
                        49 => {
                            let (reached, gate) = &*slow.lock().unwrap();
                            reached.send(()).unwrap();
                            gate.recv().unwrap();
                            Ok(n)
                        }
                        _ => Ok(n),
                    }
                })
                .await
            }
        });
        // Polled once: it lies in the queue now.
        assert!(futures_poll(&mut waiting).is_none());
        answers.push(waiting);
    }
    go.send(()).unwrap();
    slow_reached.recv().unwrap();
    // The other 49 have run, and nobody is answered before the commit that covers all.
    for waiting in &mut answers {
        assert!(futures_poll(waiting).is_none());
    }
    assert_eq!(rows(&db).await, [0_i64; 0]);
    slow_go.send(()).unwrap();
    held.await.unwrap().unwrap();
    for (n, waiting) in (0..).zip(answers) {
        match (n, waiting.await) {
            (7, Err(WriteError::Refused(error))) => assert!(error.is_unique()),
            (8, Err(WriteError::Storage(DbError::Panicked))) => {}
            (n, Ok(answer)) => assert_eq!(answer, n),
            (n, other) => panic!("{n}: {other:?}"),
        }
    }
    let kept: Vec<i64> = (0..50).filter(|n| ![7, 8].contains(n)).collect();
    assert_eq!(rows(&db).await, kept);
}

fn futures_poll<F: Future + Unpin>(future: &mut F) -> Option<F::Output> {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match std::pin::Pin::new(future).poll(&mut context) {
        std::task::Poll::Ready(output) => Some(output),
        std::task::Poll::Pending => None,
    }
}
