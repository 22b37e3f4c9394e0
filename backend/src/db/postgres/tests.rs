//! What only this engine does: reruns, conflicts, lost connections.

mod conflicts;
mod connection;

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
        .map_err(WriteError::<DbError>::flatten)
        .unwrap();
    (fresh, db)
}

async fn write<T: Send + 'static>(
    db: &Db,
    closure: impl Fn(&mut Tx<'_>) -> Result<T, DbError> + Send + Sync + 'static,
) -> Result<T, DbError> {
    db.write(closure).await.map_err(WriteError::flatten)
}

fn n(tx: &mut Tx<'_>) -> Result<i64, DbError> {
    tx.query_one("SELECT n FROM counter WHERE name = 'a'", params![], |row| row.int(0))
}
