//! A reader's cursor never skips a change, whoever commits when.

mod interleaved;

use std::collections::BTreeSet;

use tokio::task::JoinSet;

use super::{Change, MIGRATIONS, begin, bump, position, restart, resume, since};
use crate::db::testing::each_engine;
use crate::db::{Db, DbError, Tx, WriteError};

async fn write<T: Send + 'static>(
    db: &Db,
    closure: impl Fn(&mut Tx<'_>) -> Result<T, DbError> + Send + Sync + 'static,
) -> T {
    db.write(closure).await.map_err(WriteError::flatten).unwrap()
}

async fn read<T: Send + 'static>(
    db: &Db,
    closure: impl Fn(&mut Tx<'_>) -> Result<T, DbError> + Send + Sync + 'static,
) -> T {
    db.read(closure).await.map_err(WriteError::flatten).unwrap()
}

async fn begun(db: &Db) {
    db.migrate(MIGRATIONS).await.unwrap();
    write(db, |tx| begin(tx, "đời thứ nhất")).await;
}

fn change(feed: &str, doc_id: &str, revision: u64) -> Change {
    let (feed, doc_kind, doc_id) = (feed.to_owned(), "report".to_owned(), doc_id.to_owned());
    Change { feed, doc_kind, doc_id, revision, gone: false }
}

fn ids(changes: &[Change]) -> Vec<&str> {
    changes.iter().map(|change| change.doc_id.as_str()).collect()
}

#[tokio::test]
async fn a_document_that_moves_again_is_read_once_and_where_it_moved_to() {
    each_engine(async |db: Db| {
        begun(&db).await;
        for (doc, revision) in [("a", 1), ("b", 1), ("a", 2)] {
            write(&db, move |tx| bump(tx, &[change("unit:u1", doc, revision)])).await;
        }
        let page = read(&db, |tx| since(tx, "unit:u1", 0, 10)).await;
        assert_eq!(page.changes, [change("unit:u1", "b", 1), change("unit:u1", "a", 2)]);
        assert_eq!((page.next, page.complete), (3, true));
        let page = read(&db, |tx| since(tx, "unit:u1", 2, 10)).await;
        assert_eq!(ids(&page.changes), ["a"]);
    })
    .await;
}

#[tokio::test]
async fn pages_of_one_lead_through_the_whole_feed() {
    each_engine(async |db: Db| {
        begun(&db).await;
        let all = [change("f", "a", 1), change("f", "b", 1), change("g", "c", 1)];
        write(&db, move |tx| bump(tx, &all)).await;
        let first = read(&db, |tx| since(tx, "f", 0, 1)).await;
        assert_eq!((ids(&first.changes), first.next, first.complete), (vec!["a"], 1, false));
        let second = read(&db, |tx| since(tx, "f", 1, 1)).await;
        assert_eq!((ids(&second.changes), second.next, second.complete), (vec!["b"], 2, true));
        let end = read(&db, |tx| since(tx, "f", 2, 1)).await;
        assert_eq!((end.changes.len(), end.next, end.complete), (0, 2, true));
    })
    .await;
}

#[tokio::test]
async fn a_cursor_of_another_epoch_or_from_the_future_starts_again() {
    each_engine(async |db: Db| {
        begun(&db).await;
        write(&db, |tx| bump(tx, &[change("f", "a", 1)])).await;
        let here = read(&db, |tx| resume(tx, "f", "đời thứ nhất", 1, 10)).await;
        assert_eq!((here.reset, here.changes.len()), (false, 0));
        let beyond = read(&db, |tx| resume(tx, "f", "đời thứ nhất", 2, 10)).await;
        assert_eq!((beyond.reset, ids(&beyond.changes)), (true, vec!["a"]));
        write(&db, |tx| restart(tx, "đời thứ hai")).await;
        let old = read(&db, |tx| resume(tx, "f", "đời thứ nhất", 1, 10)).await;
        assert_eq!((old.reset, ids(&old.changes), old.epoch.as_str()), (true, vec!["a"], "đời thứ hai"));
        let unheard_of = read(&db, |tx| position(tx, "g")).await;
        assert_eq!((unheard_of.epoch.as_str(), unheard_of.seq), ("đời thứ hai", 0));
    })
    .await;
}

#[tokio::test]
async fn a_reader_among_many_writers_sees_every_change_in_order() {
    const WRITERS: u64 = 8;
    const EACH: u64 = 12;
    each_engine(async |db: Db| {
        begun(&db).await;
        let mut writers = JoinSet::new();
        for writer in 0..WRITERS {
            let db = db.clone();
            writers.spawn(async move {
                for n in 0..EACH {
                    let doc = format!("{writer}-{n}");
                    write(&db, move |tx| bump(tx, &[change("g", &doc, 1), change("f", &doc, 1)])).await;
                }
            });
        }
        let mut seen = BTreeSet::new();
        let mut after = 0;
        while after < WRITERS * EACH {
            let page = read(&db, move |tx| since(tx, "f", after, 5)).await;
            // Each position is there exactly once: whoever reads n has read all up to n.
            assert_eq!(page.next - after, page.changes.len() as u64);
            after = page.next;
            seen.extend(page.changes.into_iter().map(|change| change.doc_id));
        }
        writers.join_all().await;
        assert_eq!(seen.len() as u64, WRITERS * EACH);
    })
    .await;
}
