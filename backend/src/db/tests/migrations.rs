//! Migrations are applied once, in order, whole or not at all.

use super::{NOTES, ids, note, write};
use crate::db::testing::{ENGINES, Fresh, each_engine};
use crate::db::{Db, MigrateError, Migration};

const LATER: Migration = Migration {
    id: "2024-05-01-notes-place",
    sql: "ALTER TABLE notes ADD COLUMN place TEXT NOT NULL DEFAULT ''; CREATE INDEX notes_n ON notes (n);",
};

#[tokio::test]
async fn only_missing_ones_are_applied_and_the_rows_stay() {
    each_engine(async |db: Db| {
        assert_eq!(db.migrate(&[NOTES]).await, Ok(1));
        write(&db, |tx| note(tx, "a")).await.unwrap();
        assert_eq!(db.migrate(&[NOTES, LATER]).await, Ok(1));
        assert_eq!(db.migrate(&[NOTES, LATER]).await, Ok(0));
        assert_eq!(ids(&db).await, ["a"]);
    })
    .await;
}

#[tokio::test]
async fn one_that_fails_leaves_nothing_behind() {
    each_engine(async |db: Db| {
        let half = Migration {
            id: "2024-04-02-half",
            sql: "CREATE TABLE halves (n INTEGER NOT NULL); CREATE TABLE notes (n INTEGER NOT NULL);",
        };
        let failed = db.migrate(&[NOTES, half]).await;
        assert!(matches!(failed, Err(MigrateError::Failed { id, .. }) if id == half.id));
        let mended = Migration { sql: "CREATE TABLE halves (n INTEGER NOT NULL);", ..half };
        assert_eq!(db.migrate(&[NOTES, mended]).await, Ok(1));
    })
    .await;
}

#[tokio::test]
async fn an_edited_or_doubled_one_is_named() {
    each_engine(async |db: Db| {
        db.migrate(&[NOTES]).await.unwrap();
        let edited = Migration { sql: "CREATE TABLE notes (id TEXT PRIMARY KEY);", ..NOTES };
        assert_eq!(db.migrate(&[edited]).await, Err(MigrateError::Changed(NOTES.id.into())));
        assert_eq!(db.migrate(&[LATER, LATER]).await, Err(MigrateError::Twice(LATER.id.into())));
    })
    .await;
}

#[tokio::test]
async fn two_processes_that_start_together_apply_each_once() {
    for engine in ENGINES {
        let fresh = Fresh::new(engine);
        let (one, two) = (fresh.open(), fresh.open());
        let both = [NOTES, LATER];
        let (first, second) = tokio::join!(one.migrate(&both), two.migrate(&both));
        assert_eq!(first.unwrap() + second.unwrap(), 2, "{engine:?}");
    }
}
