//! What both engines promise alike.

mod migrations;
mod values;

use super::testing::each_engine;
use super::{ConstraintKind, Db, DbError, Migration, Tx, WriteError};
use crate::params;

const NOTES: Migration = Migration {
    id: "2024-04-01-notes",
    sql: "CREATE TABLE notes (id TEXT PRIMARY KEY, words TEXT NOT NULL, n INTEGER, seal BLOB);",
};

async fn write<T: Send + 'static>(
    db: &Db,
    closure: impl Fn(&mut Tx<'_>) -> Result<T, DbError> + Send + Sync + 'static,
) -> Result<T, WriteError<DbError>> {
    db.write(closure).await
}

async fn read<T: Send + 'static>(
    db: &Db,
    closure: impl Fn(&mut Tx<'_>) -> Result<T, DbError> + Send + Sync + 'static,
) -> Result<T, WriteError<DbError>> {
    db.read(closure).await
}

fn note(tx: &mut Tx<'_>, id: &str) -> Result<u64, DbError> {
    tx.execute("INSERT INTO notes (id, words) VALUES (?1, 'cống tắc')", params![id])
}

async fn ids(db: &Db) -> Vec<String> {
    read(db, |tx| tx.query("SELECT id FROM notes ORDER BY id", params![], |row| row.text(0))).await.unwrap()
}

#[tokio::test]
async fn a_closure_that_says_no_leaves_nothing_and_has_its_own_answer() {
    #[derive(Debug, PartialEq)]
    enum No {
        NotYours,
        Db(DbError),
    }
    impl From<DbError> for No {
        fn from(error: DbError) -> Self {
            Self::Db(error)
        }
    }
    each_engine(async |db: Db| {
        db.migrate(&[NOTES]).await.unwrap();
        let refused: Result<(), _> = db
            .write(|tx: &mut Tx<'_>| {
                note(tx, "a")?;
                Err(No::NotYours)
            })
            .await;
        assert_eq!(refused, Err(WriteError::Refused(No::NotYours)));
        let panicked: Result<(), _> = db
            .write(|tx: &mut Tx<'_>| {
                note(tx, "b")?;
                if tx.engine() == tx.engine() {
                    panic!("a mistake of ours")
                }
                Err(No::NotYours)
            })
            .await;
        assert_eq!(panicked.map_err(WriteError::flatten), Err(No::Db(DbError::Panicked)));
        write(&db, |tx| note(tx, "c")).await.unwrap();
        assert_eq!(ids(&db).await, ["c"]);
    })
    .await;
}

#[tokio::test]
async fn a_panic_in_a_read_harms_no_other_read() {
    each_engine(async |db: Db| {
        db.migrate(&[NOTES]).await.unwrap();
        for _ in 0..10 {
            let panicked = read(&db, |_| -> Result<(), DbError> { panic!("a mistake of ours") }).await;
            assert_eq!(panicked, Err(WriteError::Storage(DbError::Panicked)));
        }
        assert_eq!(ids(&db).await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn a_savepoint_undoes_the_attempt_and_keeps_the_record_of_its_refusal() {
    each_engine(async |db: Db| {
        db.migrate(&[NOTES]).await.unwrap();
        write(&db, |tx| {
            note(tx, "before")?;
            let attempt = tx.savepoint(|tx| {
                note(tx, "undone")?;
                tx.savepoint(|tx| note(tx, "undone too"))?;
                note(tx, "before")
            });
            assert!(attempt.unwrap_err().is_unique());
            tx.savepoint(|tx| note(tx, "kept"))?;
            note(tx, "after")
        })
        .await
        .unwrap();
        assert_eq!(ids(&db).await, ["after", "before", "kept"]);
    })
    .await;
}

#[tokio::test]
async fn after_a_failed_statement_nothing_more_is_done_on_either_engine() {
    each_engine(async |db: Db| {
        db.migrate(&[NOTES]).await.unwrap();
        let answer = write(&db, |tx| {
            note(tx, "a")?;
            assert!(note(tx, "a").unwrap_err().is_unique());
            assert_eq!(note(tx, "b"), Err(DbError::Aborted));
            Ok(())
        })
        .await;
        assert!(matches!(
            answer,
            Err(WriteError::Storage(DbError::Constraint { kind: ConstraintKind::Unique, .. }))
        ));
        assert_eq!(ids(&db).await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn a_read_cannot_write_and_keeps_one_view() {
    each_engine(async |db: Db| {
        db.migrate(&[NOTES]).await.unwrap();
        let answer = read(&db, |tx| note(tx, "a")).await;
        assert_eq!(answer.map_err(|error| error.flatten().code()), Err("storage-read-only"));
        let (entered, has_entered) = std::sync::mpsc::channel();
        let (go, gate) = std::sync::mpsc::channel();
        let gate = std::sync::Mutex::new((entered, gate));
        let reading = tokio::spawn({
            let db = db.clone();
            async move {
                read(&db, move |tx| {
                    let count = |tx: &mut Tx<'_>| {
                        tx.query_one("SELECT count(*) FROM notes", params![], |row| row.int(0))
                    };
                    let before = count(tx)?;
                    let (entered, gate) = &*gate.lock().unwrap();
                    entered.send(()).unwrap();
                    gate.recv().unwrap();
                    Ok((before, count(tx)?))
                })
                .await
            }
        });
        tokio::task::spawn_blocking(move || has_entered.recv().unwrap()).await.unwrap();
        write(&db, |tx| note(tx, "b")).await.unwrap();
        go.send(()).unwrap();
        assert_eq!(reading.await.unwrap(), Ok((0, 0)));
        assert_eq!(ids(&db).await, ["b"]);
    })
    .await;
}
