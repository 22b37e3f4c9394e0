//! The copy holds every row of the person, compared with a database that is read without the register.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};
use std::sync::Arc;

use citizen_contract::outcome::Receipt;
use citizen_contract::signed::{Purpose, Signed};
use futures::TryStreamExt as _;
use serde_json::{Map, Value as Json};
use tokio::sync::Semaphore;

use super::dump::{Cells, everything};
use super::life::{Life, NUMBER};
use crate::db::Value;
use crate::db::testing::each_engine;
use crate::erase::register::Column;
use crate::erase::tables;
use crate::export;

/// The files of the copy.
async fn copied(life: &Life) -> BTreeMap<String, Vec<u8>> {
    let copy = export::open(&life.files, &life.identity, &life.reader).await.unwrap();
    let turn = Arc::new(Semaphore::new(1)).acquire_owned().await.unwrap();
    let pieces: Vec<bytes::Bytes> = copy.stream(turn).try_collect().await.unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(pieces.concat())).unwrap();
    let mut files = BTreeMap::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        let name = file.name().unwrap().into_owned();
        assert!(file.enclosed_name().is_some() && !name.contains('\\'), "{name}");
        files.insert(name, bytes);
    }
    files
}

/// The rows that speak of the account, found by looking for its id, or a device's, in every cell.
fn own_rows(all: &BTreeMap<String, Vec<Cells>>, account: &str) -> BTreeMap<String, Vec<Cells>> {
    let mut names = vec![Value::from(account), Value::from(format!("account:{account}"))];
    let devices: Vec<&Cells> = all["devices"].iter().filter(|row| row["account_id"] == names[0]).collect();
    names.extend(devices.into_iter().map(|row| row["id"].clone()));
    let mine = |cells: &&Cells| cells.values().any(|cell| names.contains(cell));
    let of = |table: &str| all[table].iter().filter(mine).cloned().collect::<Vec<_>>();
    let mut own: BTreeMap<String, Vec<Cells>> = all.keys().map(|name| (name.clone(), of(name))).collect();
    let key = |cells: &Cells| (cells["report_id"].clone(), cells["seq"].clone());
    let said: BTreeSet<_> = own["report_events"].iter().map(|cells| format!("{:?}", key(cells))).collect();
    let payloads = all["event_payloads"].iter().filter(|cells| said.contains(&format!("{:?}", key(cells))));
    own.insert("event_payloads".to_owned(), payloads.cloned().collect());
    own
}

/// What a row shows of itself, without what is unsealed.
fn shown(cells: &Cells, columns: &[(&str, Column)]) -> String {
    let mut object = Map::new();
    for (name, column) in columns.iter().filter(|(_, column)| *column == Column::Shown) {
        let _ = column;
        object.insert(
            (*name).to_owned(),
            match &cells[*name] {
                Value::Null => Json::Null,
                Value::Int(number) => Json::from(*number),
                Value::Text(text) => Json::String(text.clone()),
                Value::Bytes(bytes) => Json::String(hex::encode(bytes)),
            },
        );
    }
    Json::Object(object).to_string()
}

fn plain(row: &Json, columns: &[(&str, Column)]) -> String {
    let kept = columns.iter().filter(|(_, column)| *column == Column::Shown);
    let object: Map<String, Json> = kept.map(|(name, _)| ((*name).to_owned(), row[*name].clone())).collect();
    Json::Object(object).to_string()
}

#[tokio::test]
async fn a_copy_holds_every_row_photo_and_receipt_of_the_person() {
    each_engine(async |db| {
        let life = Life::lived(db.clone()).await;
        let files = copied(&life).await;
        let data: Json = serde_json::from_slice(&files["data.json"]).unwrap();
        assert_eq!(data["citizen_id"], NUMBER);
        assert_eq!(data["phone"], "+84912000077");
        assert_eq!(data["rows"]["accounts"][0]["person"]["birth_date"], "1992-05-17");
        assert_eq!(data["rows"]["data_requests"].as_array().unwrap().len(), 3);
        assert_eq!(data["reports"].as_array().unwrap().len(), 4);
        let own = own_rows(&everything(&db).await, &life.reader.account.to_string());
        let mut compared = 0;
        for table in tables().filter(|table| table.is_shown()) {
            // Counts under a keyed hash and uploads that are under way name no account.
            let Some(rows) = own.get(table.name).filter(|rows| !rows.is_empty()) else { continue };
            let mut expected: Vec<String> = rows.iter().map(|cells| shown(cells, table.columns)).collect();
            let exported = data["rows"][table.name].as_array().unwrap();
            let mut exported: Vec<String> = exported.iter().map(|row| plain(row, table.columns)).collect();
            expected.sort_unstable();
            exported.sort_unstable();
            assert_eq!(exported, expected, "{}", table.name);
            compared += 1;
        }
        assert!(compared >= 12, "{compared} tables");
        assert_eq!(data["rows"]["code_counts"].as_array().unwrap().len(), 2);
        let photos: BTreeSet<&Vec<u8>> =
            files.iter().filter(|(name, _)| name.starts_with("photos/")).map(|(_, bytes)| bytes).collect();
        assert_eq!(photos, life.photos.iter().collect::<BTreeSet<_>>(), "as they were sent");
        let receipts = files.iter().filter(|(name, _)| name.starts_with("receipts/0"));
        let key_list = life.world.backend.signer.key_list().unwrap();
        let mut count = 0;
        for (name, bytes) in receipts {
            let signed: Signed = serde_json::from_slice(bytes).unwrap();
            let key = key_list.find(&signed.key_id).unwrap();
            let receipt: Receipt = signed.open(Purpose::Receipt, &key).unwrap();
            assert_eq!(*name, format!("receipts/{}.json", receipt.command_id));
            count += 1;
        }
        assert_eq!(count, life.accepted);
        let page = String::from_utf8(files["index.html"].clone()).unwrap();
        assert!(page.contains("Hoàng Thị Mẫu Riêng") && page.contains("Nước đen tràn"));
        assert!(page.contains("&lt;script&gt;") && !page.contains("<script"));
        assert!(!page.contains("http:") && !page.contains("https:"), "it needs no network");
    })
    .await;
}

#[tokio::test]
async fn a_copy_tells_no_secret_and_nothing_of_others() {
    each_engine(async |db| {
        let life = Life::lived(db).await;
        let files = copied(&life).await;
        let all = String::from_utf8_lossy(&files["data.json"]).into_owned();
        for secret in ["argon2id", "token_hash", "refresh_hash", "code_hash", "Phạm Thị Mẫu", "Lê Văn Mẫu"]
        {
            assert!(!all.contains(secret), "{secret}");
        }
    })
    .await;
}
