//! What only this engine does: reruns, conflicts, lost connections.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use tokio::task::JoinSet;

use crate::db::testing::Fresh;
use crate::db::{Db, DbError, Engine, Migration, Tx, WriteError};
use crate::params;

const COUNTER: Migration = Migration {
    id: "2024-04-01-counter",
    sql: "CREATE TABLE counter (name TEXT PRIMARY KEY, n INTEGER NOT NULL)",
};

async fn counted() -> (Fresh, Db) {
    let fresh = Fresh::new(Engine::Postgres);
    let db = fresh.open();
    db.migrate(&[COUNTER]).await.unwrap();
    db.write(|tx: &mut Tx<'_>| tx.execute("INSERT INTO counter (name, n) VALUES ('a', 0)", params![]))
        .await
        .map_err(|error: WriteError<DbError>| error)
        .unwrap();
    (fresh, db)
}

#[tokio::test]
async fn a_read_that_another_write_made_stale_is_run_again_and_no_count_is_lost() {
    let (_fresh, db) = counted().await;
    let runs = Arc::new(AtomicU32::new(0));
    let mut writers = JoinSet::new();
    for _ in 0..40 {
        let (db, runs) = (db.clone(), Arc::clone(&runs));
        writers.spawn(async move {
            db.write(move |tx: &mut Tx<'_>| {
                runs.fetch_add(1, Ordering::Relaxed);
                let n =
                    tx.query_one("SELECT n FROM counter WHERE name = 'a'", params![], |row| row.int(0))?;
                tx.execute("UPDATE counter SET n = ?1 WHERE name = 'a'", params![n + 1])
            })
            .await
        });
    }
    let answers: Vec<Result<u64, WriteError<DbError>>> = writers.join_all().await;
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    let n = db
        .read(|tx: &mut Tx<'_>| tx.query_one("SELECT n FROM counter", params![], |row| row.int(0)))
        .await
        .map_err(WriteError::<DbError>::flatten);
    assert_eq!(n, Ok(40));
    assert!(runs.load(Ordering::Relaxed) > 40, "nobody met anybody: the test shows nothing");
}
