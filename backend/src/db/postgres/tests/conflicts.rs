//! Closures that meet are run again until each has run as if it were alone.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Barrier};

use tokio::task::JoinSet;

use super::{counted, n, write};
use crate::db::{DbError, Tx};
use crate::params;

#[tokio::test]
async fn a_read_that_another_write_made_stale_is_run_again_and_no_count_is_lost() {
    let (_fresh, db) = counted().await;
    let runs = Arc::new(AtomicU32::new(0));
    let mut writers = JoinSet::new();
    for _ in 0..40 {
        let (db, runs) = (db.clone(), Arc::clone(&runs));
        writers.spawn(async move {
            write(&db, move |tx| {
                runs.fetch_add(1, Ordering::Relaxed);
                let next = n(tx)? + 1;
                tx.execute("UPDATE counter SET n = ?1 WHERE name = 'a'", params![next])
            })
            .await
        });
    }
    let answers = writers.join_all().await;
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    assert_eq!(write(&db, n).await, Ok(40));
    assert!(runs.load(Ordering::Relaxed) > 40, "nobody met anybody: the test shows nothing");
}

/// Whether the name was new.
fn claim(tx: &mut Tx<'_>, name: &str, met: &dyn Fn()) -> Result<bool, DbError> {
    let there = tx.query_opt("SELECT n FROM counter WHERE name = ?1", params![name], |row| row.int(0))?;
    met();
    if there.is_some() {
        return Ok(false);
    }
    tx.execute("INSERT INTO counter (name, n) VALUES (?1, 0)", params![name]).map(|_| true)
}

/// Runs two closures that both pass `met` on their first run before either goes on.
async fn two_that_meet<T: Send + 'static>(
    closure: impl Fn(&mut Tx<'_>, usize, &dyn Fn()) -> Result<T, DbError> + Send + Sync + 'static,
) -> Vec<Result<T, DbError>> {
    let (_fresh, db) = counted().await;
    let (closure, barrier) = (Arc::new(closure), Arc::new(Barrier::new(2)));
    let mut both = JoinSet::new();
    for number in 0..2 {
        let (db, closure, barrier) = (db.clone(), Arc::clone(&closure), Arc::clone(&barrier));
        let first = AtomicU32::new(0);
        both.spawn(async move {
            write(&db, move |tx| {
                closure(tx, number, &|| {
                    if first.fetch_add(1, Ordering::SeqCst) == 0 {
                        barrier.wait();
                    }
                })
            })
            .await
        });
    }
    both.join_all().await
}

#[tokio::test]
async fn two_that_claim_one_name_at_once_are_told_apart_and_neither_sees_an_error() {
    let mut answers: Vec<bool> =
        two_that_meet(|tx, _, met| claim(tx, "b", met)).await.into_iter().map(Result::unwrap).collect();
    answers.sort_unstable();
    assert_eq!(answers, [false, true]);
}

#[tokio::test]
async fn two_that_each_find_the_place_free_do_not_both_take_it() {
    // No constraint sees this: the rows differ, only the condition is shared.
    let answers = two_that_meet(|tx, number, met| {
        let taken = tx.query_one("SELECT count(*) FROM counter WHERE n = 7", params![], |row| row.int(0))?;
        met();
        if taken == 0 {
            let name = format!("taken by {number}");
            tx.execute("INSERT INTO counter (name, n) VALUES (?1, 7)", params![name])?;
        }
        Ok(taken)
    })
    .await;
    let mut found: Vec<i64> = answers.into_iter().map(Result::unwrap).collect();
    found.sort_unstable();
    assert_eq!(found, [0, 1]);
}

#[tokio::test]
async fn a_deadlock_is_run_again() {
    let answers = two_that_meet(|tx, number, met| {
        let touch = |tx: &mut Tx<'_>, name: &str| {
            tx.execute(
                "INSERT INTO counter (name, n) VALUES (?1, 1) ON CONFLICT (name) DO UPDATE SET n = counter.n + 1",
                params![name],
            )
        };
        let (one, other) = if number == 0 { ("x", "y") } else { ("y", "x") };
        touch(tx, one)?;
        met();
        touch(tx, other)
    })
    .await;
    assert_eq!(answers, [Ok(1), Ok(1)]);
}

#[tokio::test]
async fn a_real_duplicate_is_its_own_closures_fault() {
    let (_fresh, db) = counted().await;
    let runs = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&runs);
    let answer = write(&db, move |tx| {
        counted.fetch_add(1, Ordering::SeqCst);
        tx.execute("INSERT INTO counter (name, n) VALUES ('a', 1)", params![])
    })
    .await;
    assert!(answer.unwrap_err().is_unique());
    assert_eq!(runs.load(Ordering::SeqCst), 2, "believed at the second time");
}
