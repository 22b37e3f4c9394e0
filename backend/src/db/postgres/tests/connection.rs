//! A server that goes away, and one whose tables change under kept statements.

use super::{counted, n, write};
use crate::db::{Db, DbError, DbUrl, Migration, OpenError, StorageFault, Tx};
use crate::params;

fn end_all_others(tx: &mut Tx<'_>) -> Result<(), DbError> {
    tx.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
         WHERE datname = current_database() AND pid <> pg_backend_pid()",
        params![],
        |row| row.int(0),
    )
    .map(drop)
}

#[tokio::test]
async fn connections_that_died_while_idle_are_made_anew() {
    let (fresh, db) = counted().await;
    write(&fresh.open(), end_all_others).await.unwrap();
    for _ in 0..20 {
        write(&db, n).await.unwrap();
        db.read(n).await.unwrap();
    }
}

#[tokio::test]
async fn a_connection_that_dies_in_a_closure_fails_it_and_the_next_works() {
    let (_fresh, db) = counted().await;
    let answer = write(&db, |tx| {
        tx.execute("UPDATE counter SET n = 9", params![])?;
        let ended = tx.query("SELECT pg_terminate_backend(pg_backend_pid())", params![], |row| row.int(0));
        assert_eq!(ended, Err(StorageFault::Lost.into()));
        // What the closure makes of it does not matter.
        Ok(9)
    })
    .await;
    assert_eq!(answer, Err(StorageFault::Lost.into()));
    assert_eq!(write(&db, n).await, Ok(0));
}

#[tokio::test]
async fn a_table_that_changed_under_a_kept_statement_only_costs_a_rerun() {
    let (fresh, db) = counted().await;
    let all = |tx: &mut Tx<'_>| tx.query_one("SELECT * FROM counter", params![], |row| row.text(0));
    for _ in 0..8 {
        db.read(all).await.unwrap();
    }
    let later = Migration { id: "later", sql: "ALTER TABLE counter ADD COLUMN later TEXT" };
    fresh.open().migrate(&[later]).await.unwrap();
    for _ in 0..8 {
        assert_eq!(db.read(all).await, Ok("a".to_owned()));
    }
}

#[test]
fn a_server_that_is_not_there_is_said_at_once() {
    let nowhere = DbUrl::Postgres("postgres://citizen@%2Fnonexistent/none".into());
    let answer = Db::open(&nowhere);
    assert!(matches!(answer, Err(OpenError::Db(DbError::Storage(StorageFault::Lost)))), "{answer:?}");
}
