use serde_json::{Value, json};

use super::*;
use crate::ports::SeededRandom;
use crate::store::{DatabaseKey, Durability};

const NOW: UtcMillis = UtcMillis(1_712_000_000_000);

fn cache() -> (tempfile::TempDir, Database) {
    let dir = tempfile::tempdir().unwrap();
    let key = DatabaseKey::random(&SeededRandom::new(1));
    let db = Database::open(&dir.path().join("cache.db"), &key, Durability::Normal, MIGRATIONS).unwrap();
    (dir, db)
}

fn words_of(_kind: &str, body: &Value) -> String {
    body["words"].as_str().unwrap_or_default().to_owned()
}

fn take(db: &Database, answer: Value) -> Applied {
    let answer = serde_json::from_value(answer).unwrap();
    db.write(|tx| apply::apply(tx, &answer, words_of, NOW)).unwrap()
}

fn found(db: &Database, words: &str) -> Vec<String> {
    let reports: Vec<Value> = documents::list(db, "", "report", words).unwrap();
    reports.iter().map(|report| report["words"].as_str().unwrap().to_owned()).collect()
}

fn here(id: &str, words: &str) -> Value {
    json!({"doc_id": id, "revision": 1, "doc_kind": "report", "body": {"words": words}})
}

fn delta(feed: &str, epoch: &str, next: u64, changes: Vec<Value>) -> Value {
    json!({"feed": feed, "epoch": epoch, "reset": false, "next": next, "complete": true, "changes": changes})
}

#[test]
fn documents_come_change_and_go_and_the_cursor_moves_with_them() {
    let (_dir, db) = cache();
    take(
        &db,
        json!({"subscriptions": ["account:1"], "feeds": [
        delta("account:1", "a", 2, vec![here("r1", "Ổ gà đường 359"), here("r2", "Đèn hỏng")])]}),
    );
    assert_eq!(found(&db, "o ga").len(), 1);
    take(
        &db,
        json!({"subscriptions": ["account:1"], "feeds": [
        delta("account:1", "a", 4, vec![here("r1", "Đã vá"), json!({"doc_id": "r2", "revision": 9, "gone": "report"})])]}),
    );
    assert_eq!(found(&db, ""), ["Đã vá"]);
    let cursors = cursors(&db).unwrap();
    assert_eq!((cursors[0].after, cursors[0].epoch.as_str()), (4, "a"));
}

#[test]
fn a_feed_that_is_no_longer_ours_takes_its_documents_and_query_results_with_it() {
    let (_dir, db) = cache();
    take(
        &db,
        json!({"subscriptions": ["account:1", "unit:u"], "feeds": [
        delta("account:1", "a", 1, vec![here("mine", "của tôi")]),
        delta("unit:u", "b", 1, vec![here("theirs", "của đơn vị")])]}),
    );
    documents::keep_from_query(&db, "report", "looked-up", 1, &json!({"words": "tra cứu"}), words_of, NOW)
        .unwrap();
    let applied = take(&db, json!({"subscriptions": ["account:1"], "feeds": []}));
    assert!(applied.changed);
    assert_eq!(found(&db, ""), ["của tôi"]);
}

#[test]
fn another_epoch_starts_the_feed_again() {
    let (_dir, db) = cache();
    take(
        &db,
        json!({"subscriptions": ["account:1"], "feeds": [
        delta("account:1", "a", 7, vec![here("lost", "mất khi khôi phục")])]}),
    );
    let applied = take(
        &db,
        json!({"subscriptions": ["account:1"], "feeds": [
        delta("account:1", "b", 1, vec![here("kept", "còn lại")])]}),
    );
    assert!(applied.restarted);
    assert_eq!(found(&db, ""), ["còn lại"]);
}

#[test]
fn a_kind_of_a_newer_backend_spoils_nothing() {
    let (_dir, db) = cache();
    take(
        &db,
        json!({"subscriptions": ["account:1"], "feeds": [delta("account:1", "a", 2, vec![
        json!({"doc_id": "x", "revision": 1, "doc_kind": "hologram", "body": {"depth": 3}}), here("r", "rác")])]}),
    );
    assert_eq!(found(&db, "rac"), ["rác"]);
}
