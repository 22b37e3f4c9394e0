//! Fifty closures share one commit.

use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};

use super::{fresh, hold, insert, polled, queue, rows, write};
use crate::db::{DbError, WriteError};
use crate::params;

#[tokio::test]
async fn fifty_in_a_group_one_fails_one_panics_one_is_slow_the_others_commit() {
    let (_folder, db) = fresh().await;
    let (go, held) = hold(&db).await;
    let (slow_go, slow_gate) = channel::<()>();
    let (reached, slow_reached) = channel::<()>();
    let slow = Arc::new(Mutex::new((reached, slow_gate)));
    let mut answers = Vec::new();
    for n in 0..50 {
        let slow = Arc::clone(&slow);
        answers.push(queue(&db, move |tx| {
            insert(tx, n)?;
            match n {
                7 => insert(tx, 7),
                8 => panic!("a mistake of ours"),
                49 => {
                    let (reached, gate) = &*slow.lock().unwrap();
                    reached.send(()).unwrap();
                    gate.recv().unwrap();
                    Ok(n)
                }
                n => Ok(n),
            }
        }));
    }
    go.send(()).unwrap();
    slow_reached.recv().unwrap();
    // The other 49 have run, and nobody is answered before the commit that covers all.
    for waiting in &mut answers {
        assert!(polled(waiting).is_none());
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

#[tokio::test]
async fn whoever_fails_again_and_again_does_not_double_the_work_of_all() {
    let (_folder, db) = fresh().await;
    let runs = Arc::new(Mutex::new(Vec::new()));
    for n in [1, 2] {
        let (go, held) = hold(&db).await;
        let counted = Arc::clone(&runs);
        let sound = queue(&db, move |tx| {
            counted.lock().unwrap().push(n);
            insert(tx, n)
        });
        let failing = queue(&db, |_| Err(DbError::NoRow));
        go.send(()).unwrap();
        held.await.unwrap().unwrap();
        assert_eq!(sound.await, Ok(n));
        assert_eq!(failing.await, Err(WriteError::Refused(DbError::NoRow)));
    }
    assert_eq!(*runs.lock().unwrap(), [1, 1, 2], "only the first failure sends the others back");
    assert_eq!(rows(&db).await, [1, 2]);
}

#[tokio::test]
async fn a_caller_that_went_away_keeps_nobody_from_their_answer() {
    let (_folder, db) = fresh().await;
    let (go, held) = hold(&db).await;
    let gone = queue(&db, |tx| insert(tx, 1));
    let stays = queue(&db, |tx| insert(tx, 2));
    drop(gone);
    go.send(()).unwrap();
    held.await.unwrap().unwrap();
    assert_eq!(stays.await, Ok(2));
    assert_eq!(rows(&db).await, [1, 2]);
}

#[tokio::test]
async fn a_closure_that_ignores_its_failed_statement_is_not_believed() {
    let (_folder, db) = fresh().await;
    let answer = write(&db, |tx| {
        insert(tx, 1)?;
        let _ = tx.execute("INSERT INTO rows (n, words) VALUES (1, 'hai lần')", params![]);
        Ok(1)
    });
    assert!(matches!(answer.await, Err(WriteError::Storage(error)) if error.is_unique()));
    assert_eq!(rows(&db).await, [0_i64; 0]);
}
