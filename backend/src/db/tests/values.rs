//! What goes in comes out, in the same order, on both engines.

use super::{NOTES, ids, note, read, write};
use crate::db::testing::each_engine;
use crate::db::{ConstraintKind, Db, DbError, WriteError};
use crate::params;

#[tokio::test]
async fn numbers_text_bytes_and_nothing_come_back_as_they_were() {
    each_engine(async |db: Db| {
        db.migrate(&[NOTES]).await.unwrap();
        let words = "Ổ gà trước cổng chợ 'Đầu Cầu' — sâu 20 cm ?1 😟";
        // One NULL cannot stand for two types on PostgreSQL; each has its own parameter.
        write(&db, move |tx| {
            tx.execute(
                "INSERT INTO notes (id, words, n, seal) VALUES (?1, ?2, ?3, ?4), (?5, '?1', ?6, ?7)",
                params!["a", words, i64::MIN, vec![0, 255, 0], "b", None::<i64>, None::<Vec<u8>>],
            )
        })
        .await
        .unwrap();
        let rows = read(&db, |tx| {
            tx.query("SELECT id, words, n, seal FROM notes ORDER BY id", params![], |row| {
                Ok((row.text(0)?, row.text(1)?, row.opt_int(2)?, row.opt_bytes(3)?))
            })
        })
        .await
        .unwrap();
        assert_eq!(
            rows,
            [
                ("a".into(), words.into(), Some(i64::MIN), Some(vec![0, 255, 0])),
                ("b".into(), "?1".into(), None, None)
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn text_is_sorted_by_its_bytes_wherever_the_server_stands() {
    each_engine(async |db: Db| {
        db.migrate(&[NOTES]).await.unwrap();
        for id in ["á", "b", "B", "đ", "a", "_"] {
            write(&db, move |tx| note(tx, id)).await.unwrap();
        }
        assert_eq!(ids(&db).await, ["B", "_", "a", "b", "á", "đ"]);
    })
    .await;
}

#[tokio::test]
async fn text_with_a_nul_is_refused_before_it_reaches_the_engine() {
    each_engine(async |db: Db| {
        db.migrate(&[NOTES]).await.unwrap();
        let answer = write(&db, |tx| note(tx, "a\0b")).await;
        assert_eq!(answer, Err(WriteError::Refused(DbError::NulInText)));
        assert_eq!(ids(&db).await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn a_parameter_beside_a_small_literal_may_be_large_and_a_comparison_is_0_or_1() {
    each_engine(async |db: Db| {
        let found = read(&db, |tx| {
            tx.query_one("SELECT ?1 + 1, ?2 = 'b', ?3", params![1_i64 << 40, "b", "c"], |row| {
                Ok((row.int(0)?, row.int(1)?, row.text(2)?))
            })
        })
        .await;
        assert_eq!(found, Ok(((1 << 40) + 1, 1, "c".into())));
    })
    .await;
}

#[tokio::test]
async fn rows_that_are_missing_or_too_many_or_of_another_type_are_told_apart() {
    each_engine(async |db: Db| {
        db.migrate(&[NOTES]).await.unwrap();
        write(&db, |tx| Ok(note(tx, "a")? + note(tx, "b")?)).await.unwrap();
        let one = |sql: &'static str| read(&db, move |tx| tx.query_one(sql, params![], |row| row.int(0)));
        let none = one("SELECT n FROM notes WHERE id = 'z'").await;
        assert_eq!(none, Err(WriteError::Refused(DbError::NoRow)));
        let many = one("SELECT n FROM notes").await;
        assert!(matches!(many, Err(WriteError::Refused(DbError::Column { wanted: "int", .. }))), "{many:?}");
        let many = one("SELECT 1 FROM notes").await;
        assert_eq!(many, Err(WriteError::Refused(DbError::ManyRows)));
        let text = one("SELECT words FROM notes WHERE id = 'a'").await;
        assert!(matches!(text, Err(WriteError::Refused(DbError::Column { index: 0, .. }))), "{text:?}");
    })
    .await;
}

#[tokio::test]
async fn an_error_never_repeats_what_was_bound() {
    each_engine(async |db: Db| {
        db.migrate(&[NOTES]).await.unwrap();
        let secret = "0912 345 678";
        write(&db, move |tx| note(tx, secret)).await.unwrap();
        let twice = write(&db, move |tx| note(tx, secret)).await.unwrap_err();
        assert!(!format!("{twice} {twice:?}").contains(secret));
        let wrong = write(&db, move |tx| {
            tx.execute("INSERT INTO notes (id, words, n) VALUES ('x', 'y', ?1)", params![secret])
        });
        let wrong = wrong.await.unwrap_err();
        assert!(!format!("{wrong} {wrong:?}").contains(secret));
        let missing = write(&db, |tx| tx.execute("INSERT INTO notes (id) VALUES ('x')", params![])).await;
        assert!(matches!(
            missing,
            Err(WriteError::Refused(DbError::Constraint { kind: ConstraintKind::NotNull, .. }))
        ));
    })
    .await;
}
