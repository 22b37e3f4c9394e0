//! A fault of the storage fails the whole group, and the next group works.

use super::{Waiting, fresh, hold, insert, queue, rows, write};
use crate::db::{Db, DbError, StorageFault, Tx, WriteError};
use crate::params;

type Closure = fn(&mut Tx<'_>) -> Result<i64, DbError>;

/// No further page may be added to the file: what a full disk is to an INSERT.
fn no_more_pages(tx: &mut Tx<'_>) -> Result<i64, DbError> {
    let pages = tx.query_one("PRAGMA page_count", params![], |row| row.int(0))?;
    set_most_pages(tx, pages)
}

fn set_most_pages(tx: &mut Tx<'_>, pages: i64) -> Result<i64, DbError> {
    tx.query_one(&format!("PRAGMA max_page_count = {pages}"), params![], |row| row.int(0))
}

fn insert_much(tx: &mut Tx<'_>, n: i64) -> Result<i64, DbError> {
    tx.execute("INSERT INTO rows (n, words) VALUES (?1, ?2)", params![n, "lụt ".repeat(20_000)])?;
    Ok(n)
}

/// A group of three: `first`, `second`, `third` share one commit.
async fn group(db: &Db, closures: [Closure; 3]) -> [Waiting; 3] {
    let (go, held) = hold(db).await;
    let waiting = closures.map(|closure| queue(db, closure));
    go.send(()).unwrap();
    // The holder belongs to the group and shares its end.
    let _ = held.await.unwrap();
    waiting
}

#[tokio::test]
async fn a_full_disk_at_an_insert_fails_all_waiters_and_keeps_nothing() {
    let (_folder, db) = fresh().await;
    write(&db, no_more_pages).await.unwrap();
    let waiting = group(&db, [|tx| insert(tx, 1), |tx| insert_much(tx, 2), |tx| insert(tx, 3)]).await;
    for answer in waiting {
        let error = answer.await.unwrap_err();
        assert_eq!(error, WriteError::Storage(StorageFault::Full.into()));
        assert_eq!(error.flatten().code(), "storage-full");
    }
    assert_eq!(rows(&db).await, [0_i64; 0]);
    write(&db, |tx| set_most_pages(tx, 100_000)).await.unwrap();
    let waiting = group(&db, [|tx| insert(tx, 1), |tx| insert_much(tx, 2), |tx| insert(tx, 3)]).await;
    for (n, answer) in (1..).zip(waiting) {
        assert_eq!(answer.await, Ok(n));
    }
}

#[tokio::test]
async fn a_full_disk_that_the_closure_hides_still_fails_the_group() {
    let (_folder, db) = fresh().await;
    write(&db, no_more_pages).await.unwrap();
    let hides: Closure = |tx| insert_much(tx, 2).or(Ok(2));
    for answer in group(&db, [|tx| insert(tx, 1), hides, |tx| insert(tx, 3)]).await {
        assert_eq!(answer.await, Err(WriteError::Storage(StorageFault::Full.into())));
    }
    assert_eq!(rows(&db).await, [0_i64; 0]);
}

#[tokio::test]
async fn a_commit_that_fails_is_acknowledged_to_nobody() {
    let (_folder, db) = fresh().await;
    write(&db, |tx| {
        tx.execute("CREATE TABLE parents (n INTEGER PRIMARY KEY) STRICT", params![])?;
        tx.execute(
            "CREATE TABLE children (n INTEGER REFERENCES parents DEFERRABLE INITIALLY DEFERRED) STRICT",
            params![],
        )?;
        Ok(0)
    })
    .await
    .unwrap();
    // The orphan's own savepoint ends well; only COMMIT finds it.
    let orphan: Closure = |tx| tx.execute("INSERT INTO children (n) VALUES (404)", params![]).map(|_| 0);
    for answer in group(&db, [|tx| insert(tx, 1), orphan, |tx| insert(tx, 3)]).await {
        assert!(matches!(answer.await, Err(WriteError::Storage(DbError::Constraint { .. }))));
    }
    assert_eq!(rows(&db).await, [0_i64; 0]);
    assert_eq!(write(&db, |tx| insert(tx, 1)).await, Ok(1));
    assert_eq!(rows(&db).await, [1]);
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_may_read_the_file_or_its_log() {
    use std::os::unix::fs::PermissionsExt as _;
    let (folder, db) = fresh().await;
    write(&db, |tx| insert(tx, 1)).await.unwrap();
    let copy = folder.path().join("copy.db");
    db.backup(&copy, |_| Ok(())).await.unwrap();
    for file in std::fs::read_dir(folder.path()).unwrap().flatten() {
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o077, 0, "{:?}", file.file_name());
    }
}
