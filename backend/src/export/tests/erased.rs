//! After an erasure nothing finds the person: no table, index, file, search, nor a new backup.

use citizen_contract::session::Refresh;
use citizen_contract::time::UtcMillis;
use futures::TryStreamExt as _;
use object_store::{ObjectStore as _, ObjectStoreExt as _};

use super::dump::{bytes, everything, holds};
use super::life::{Life, TRACES};
use crate::clock::Clock as _;
use crate::db::testing::{Fresh, each_engine};
use crate::db::{Db, Engine, Value};
use crate::erase::register::{Column, Fate};
use crate::erase::{self, tables};
use crate::identity::my_data::Answered;
use crate::identity::{RefreshError, SignInError, refresh};
use crate::verify;

/// Where a trace of the person is left, as `table.column: trace`.
async fn traces(db: &Db) -> Vec<String> {
    let mut found = Vec::new();
    for (table, rows) in everything(db).await {
        for (column, cell) in rows.iter().flatten() {
            let cell = bytes(cell);
            let left = TRACES.iter().filter(|trace| holds(&cell, trace));
            found.extend(left.map(|trace| format!("{table}.{column}: {trace}")));
        }
    }
    found
}

async fn blobs(life: &Life) -> Vec<Vec<u8>> {
    let store = &life.world.backend.blobs;
    let all: Vec<_> = store.list(None).try_collect().await.unwrap();
    let mut blobs = Vec::new();
    for meta in all {
        blobs.push(store.get(&meta.location).await.unwrap().bytes().await.unwrap().to_vec());
    }
    blobs
}

async fn erase(life: &Life) -> erase::AccountSummary {
    let answered = life.office(life.erase.unwrap(), true, "Đã xóa theo yêu cầu").await;
    assert_eq!(answered, Answered::Erase(life.reader.account));
    erase::erase_account(&life.files, life.reader.account, "pseudonym").await.unwrap()
}

#[tokio::test]
async fn nothing_of_the_person_is_left_and_the_proof_still_verifies() {
    each_engine(async |db| {
        let life = Life::lived(db.clone()).await;
        let neighbours = life.world.report().await;
        let words = everything(&db).await["event_payloads"].len();
        assert!(traces(&db).await.len() > 10, "there was something to erase");
        assert_eq!(blobs(&life).await.len(), 9);
        let done = erase(&life).await;
        assert_eq!((done.reports, done.photos), (4, 3));
        assert_eq!(traces(&db).await, Vec::<String>::new());
        assert_eq!(blobs(&life).await.len(), 0);
        let verified = verify::run(&db, &life.world.backend.signer.key_list().unwrap()).await.unwrap();
        assert!(verified.erased >= 8, "{verified:?}");
        assert_eq!(verified.findings, []);
        let left = everything(&db).await;
        // The neighbour's report and four events that say what was erased.
        assert!(left["event_payloads"].len() < words && left["event_payloads"].len() >= 5);
        let view = life.world.view(crate::testing::Person::Citizen, neighbours).await.unwrap();
        assert_ne!(view.words, "");
    })
    .await;
}

#[tokio::test]
async fn only_what_the_register_keeps_is_left_under_the_pseudonym() {
    each_engine(async |db| {
        let life = Life::lived(db.clone()).await;
        let account = life.reader.account.to_string();
        erase(&life).await;
        for (name, rows) in everything(&db).await {
            let table = tables().find(|table| table.name == name).unwrap();
            for row in rows {
                let own = row.values().any(|cell| holds(&bytes(cell), &account));
                assert!(!own || table.fate != Fate::Deleted, "{name}: {row:?}");
                if own && name == "accounts" {
                    let left: Vec<&String> = row
                        .iter()
                        // A flag that is down says nothing.
                        .filter(|(_, cell)| !bytes(cell).is_empty() && **cell != Value::Int(0))
                        .map(|(name, _)| name)
                        .collect();
                    let kept = ["created_at", "erased_at", "erasing_at", "id", "number_hash", "revision"];
                    assert_eq!(left, kept, "a new column of accounts must be blanked");
                }
            }
        }
        let sealed = |table: &erase::register::Table| {
            table.columns.iter().any(|(_, column)| matches!(column, Column::Unsealed(_)))
        };
        assert_eq!(tables().filter(|table| sealed(table)).count(), 2);
    })
    .await;
}

#[tokio::test]
async fn signing_in_answers_as_unknown_and_the_card_may_register_anew() {
    each_engine(async |db| {
        let life = Life::lived(db).await;
        let refresh_token = life.grant.refresh_token.clone();
        erase(&life).await;
        assert_eq!(life.tries_to_sign_in().await, Err(SignInError::Wrong));
        let told = refresh(&life.identity, &Refresh { refresh_token }).await;
        assert_eq!(told.unwrap_err(), RefreshError::Erased, "the phone is told why");
        let known = crate::identity::recognise(&life.identity, &life.grant.access_token).await.unwrap();
        assert!(known.is_none());
        let anew = life.registers_anew().await;
        assert_ne!(anew.account.id, life.reader.account);
    })
    .await;
}

#[tokio::test]
async fn an_erasure_that_was_interrupted_is_gone_through_with() {
    each_engine(async |db| {
        let life = Life::lived(db.clone()).await;
        life.office(life.erase.unwrap(), true, "").await;
        assert_eq!(life.tries_to_sign_in().await, Err(SignInError::Wrong), "from the decision on");
        assert_eq!(erase::go_on(&life.files).await.unwrap(), 1);
        assert_eq!(traces(&db).await, Vec::<String>::new());
        // What a request under way may have written is looked at for an hour.
        assert_eq!(erase::go_on(&life.files).await.unwrap(), 1);
        life.world.clock.advance_s(3601);
        assert!(life.world.clock.now() > UtcMillis(0));
        assert_eq!(erase::go_on(&life.files).await.unwrap(), 0);
        let keys = life.world.backend.signer.key_list().unwrap();
        assert!(verify::run(&db, &keys).await.unwrap().is_sound());
    })
    .await;
}

#[tokio::test]
async fn no_file_and_no_new_backup_holds_a_byte_of_the_person() {
    let fresh = Fresh::new(Engine::Sqlite);
    let db = fresh.open();
    let life = Life::lived(db.clone()).await;
    let folder = fresh.file().unwrap().parent().unwrap().to_owned();
    let found = || {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let bytes = std::fs::read(&path).unwrap();
            let left = TRACES.iter().filter(|trace| holds(&bytes, trace));
            found.extend(left.map(|trace| format!("{}: {trace}", path.file_name().unwrap().display())));
        }
        found
    };
    db.scrub().await.unwrap();
    assert!(found().len() > 5, "{:?}", found());
    erase(&life).await;
    assert_eq!(found(), Vec::<String>::new());
    db.backup(&folder.join("copy.db"), |_| Ok(())).await.unwrap();
    assert_eq!(found(), Vec::<String>::new());
}
