//! Two transactions interleaved by hand on PostgreSQL: the second one finishes its work first.
//!
//! With positions from a global sequence the reader then skips a change for ever; with the counter
//! row the second has to wait for the first.

use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};

use tokio::sync::oneshot;

use super::{begun, change, read, write};
use crate::db::testing::Fresh;
use crate::db::{Db, DbError, Engine, Migration, Tx, WriteError};
use crate::feeds::{bump, since};
use crate::params;

/// The next cursor and the documents up to there.
type Seen = (u64, Vec<String>);

/// How a document is put on record and how a reader goes on from its cursor.
#[derive(Clone, Copy)]
struct Scheme {
    put: fn(&mut Tx<'_>, &'static str) -> Result<(), DbError>,
    on: fn(&mut Tx<'_>, u64) -> Result<Seen, DbError>,
}

const COUNTER_ROW: Scheme = Scheme {
    put: |tx, doc| bump(tx, &[change("f", doc, 1)]).map(drop),
    on: |tx, after| {
        let page = since(tx, "f", after, 10)?;
        Ok((page.next, page.changes.into_iter().map(|change| change.doc_id).collect()))
    },
};

const GLOBAL_SEQUENCE: Scheme = Scheme {
    put: |tx, doc| {
        tx.execute("INSERT INTO naive (seq, doc) VALUES (nextval('naive_seq'), ?1)", params![doc]).map(drop)
    },
    on: |tx, after| {
        let rows = tx.query(
            "SELECT seq, doc FROM naive WHERE seq > ?1 ORDER BY seq",
            params![i64::try_from(after).unwrap()],
            |row| Ok((row.int(0)?.unsigned_abs(), row.text(1)?)),
        )?;
        let next = rows.last().map_or(after, |(seq, _)| *seq);
        Ok((next, rows.into_iter().map(|(_, doc)| doc).collect()))
    },
};

#[tokio::test]
async fn the_counter_row_keeps_the_second_writer_waiting_and_nothing_is_skipped() {
    assert_eq!(seen_by_a_reader(COUNTER_ROW).await, ["first", "second"]);
}

#[tokio::test]
async fn a_global_sequence_would_skip_the_first_writers_change() {
    assert_eq!(seen_by_a_reader(GLOBAL_SEQUENCE).await, ["second"]);
}

/// The first writer has taken its position and is held before COMMIT; the second runs until it is
/// through or waits for a lock; then a reader reads, the first commits, and the reader reads on.
async fn seen_by_a_reader(scheme: Scheme) -> Vec<String> {
    let fresh = Fresh::new(Engine::Postgres);
    let db = fresh.open();
    begun(&db).await;
    let naive = "CREATE TABLE naive (seq INTEGER PRIMARY KEY, doc TEXT NOT NULL); CREATE SEQUENCE naive_seq;";
    db.migrate(&[Migration { id: "naive", sql: naive }]).await.unwrap();

    let (go, gate) = channel();
    let (taken, has_taken) = oneshot::channel();
    let first = tokio::spawn(put_and_hold(db.clone(), scheme, gate, taken));
    has_taken.await.unwrap();
    let second = {
        let db = db.clone();
        tokio::spawn(async move { write(&db, move |tx| (scheme.put)(tx, "second")).await })
    };
    while !second.is_finished() && !somebody_waits(&db).await {
        tokio::task::yield_now().await;
    }

    let on = scheme.on;
    let (after, mut seen) = read(&db, move |tx| on(tx, 0)).await;
    go.send(()).unwrap();
    first.await.unwrap().unwrap();
    second.await.unwrap();
    seen.extend(read(&db, move |tx| on(tx, after)).await.1);
    seen
}

async fn put_and_hold(
    db: Db,
    scheme: Scheme,
    gate: Receiver<()>,
    taken: oneshot::Sender<()>,
) -> Result<(), WriteError<DbError>> {
    let gate = Arc::new(Mutex::new((gate, Some(taken))));
    db.write(move |tx: &mut Tx<'_>| {
        (scheme.put)(tx, "first")?;
        let mut gate = gate.lock().unwrap();
        if let Some(taken) = gate.1.take() {
            taken.send(()).unwrap();
            gate.0.recv().unwrap();
        }
        Ok(())
    })
    .await
}

async fn somebody_waits(db: &Db) -> bool {
    read(db, |tx| {
        tx.query_one(
            "SELECT EXISTS (SELECT 1 FROM pg_stat_activity \
             WHERE datname = current_database() AND wait_event_type = 'Lock')",
            params![],
            |row| row.int(0),
        )
    })
    .await
        == 1
}
