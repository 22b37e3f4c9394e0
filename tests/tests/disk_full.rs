//! A disk without room, on the device and at the office: said clearly, nothing acknowledged, nothing lost.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test stops at the first surprise and says what it sees"
)]

use citizen_backend::db::Engine;
use citizen_contract::ids::CommandId;
use citizen_core::app::WaitCode;
use citizen_core::photos::Agreement;
use citizen_core::reports::DraftPatch;
use citizen_tests::photos::Shot;
use citizen_tests::small_disk::{Filler, within};
use citizen_tests::world::{Person, Who, World};

const HOUR_MS: i64 = 60 * 60 * 1000;

#[tokio::test(flavor = "multi_thread")]
async fn a_full_device_says_so_and_keeps_what_was_saved() {
    let Some(disk) = within("a_full_device_says_so_and_keeps_what_was_saved", 24) else { return };
    let world = World::on(Engine::Sqlite).await;
    let mut citizen = world.person_on(Who::Citizen, &disk).await;
    let words = "Bản nháp trước khi đầy bộ nhớ";
    let draft = citizen.writes_report(words).with_photo(Shot::OldPhone).keeps().await.unwrap();

    let filler = Filler::leaving(&disk, 0);
    let photo = Shot::RotatedWithPosition.bytes();
    let refused = citizen.app().draft_add_photo(draft, photo, Agreement::default()).await.unwrap_err();
    assert_eq!(refused.code(), "storage-full");
    let failure = first_failure(&citizen, draft, words).await;
    assert_eq!(failure, "storage-full");
    citizen.ends();
    if let Err(error) = citizen.tries_to_start().await {
        assert_eq!(error.code(), "storage-full", "a start without room says why");
    }
    drop(filler);
    citizen.restarts().await;
    let kept = citizen.app().draft_get(draft).await.unwrap();
    assert!(kept.text.starts_with(words), "{}", kept.text);
    assert_eq!(kept.photos.len(), 1);

    citizen.app().draft_submit(draft).await.unwrap();
    citizen.works_for_ms(HOUR_MS).await;
    assert_eq!(citizen.item(draft).await.photos_sent, 1);
    world.reader(Who::Citizen).await.report(words).await;
}

/// Saves ever longer words until the disk refuses.
async fn first_failure(citizen: &Person, draft: CommandId, words: &str) -> String {
    for length in 1..2_000 {
        let text = Some(format!("{words}. {}", "nước ngập ".repeat(length)));
        if let Err(error) =
            citizen.app().draft_save(draft, DraftPatch { text, ..DraftPatch::default() }).await
        {
            return error.code().to_owned();
        }
    }
    panic!("the disk never became full");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_device_queues_all_or_nothing() {
    let Some(disk) = within("a_full_device_queues_all_or_nothing", 24) else { return };
    let world = World::on(Engine::Sqlite).await;
    let mut citizen = world.person_on(Who::Citizen, &disk).await;
    citizen.goes_offline().await;
    let filler = Filler::leaving(&disk, 3 * 1024 * 1024);
    let mut queued = Vec::new();
    let (draft, failure) = loop {
        let writing = citizen.writes_report("Đầy bộ nhớ lúc gửi").with_photo(Shot::Mirrored);
        let draft = match writing.keeps().await {
            Ok(draft) => draft,
            Err(error) => break (None, error),
        };
        match citizen.app().draft_submit(draft).await {
            Ok(_) => queued.push(draft),
            Err(error) => break (Some(draft), error),
        }
        assert!(queued.len() < 500, "the disk never became full");
    };
    assert_eq!(failure.code(), "storage-full");
    citizen.ends();
    drop(filler);
    citizen.starts().await;
    if let Some(draft) = draft {
        assert_eq!(citizen.app().draft_get(draft).await.unwrap().photos.len(), 1);
    }
    let there: Vec<CommandId> = citizen.outbox().await.iter().map(|item| item.command_id).collect();
    assert_eq!(there, queued, "exactly what was said to be saved");

    citizen.goes_online().await;
    citizen.works_for_ms(HOUR_MS).await;
    let reports = world.reader(Who::Citizen).await.reports().await;
    assert_eq!(reports.len(), queued.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_office_acknowledges_nothing_and_goes_on_once_there_is_room() {
    let test = "a_full_office_acknowledges_nothing_and_goes_on_once_there_is_room";
    let Some(disk) = within(test, 24) else { return };
    let elsewhere = tempfile::tempdir_in("/dev/shm").unwrap();
    let world = World::in_folder(&disk).await;
    let citizen = world.person_on(Who::Citizen, elsewhere.path()).await;
    let filler = Filler::leaving(&disk, 0);
    let mut sent = Vec::new();
    loop {
        let words = format!("Báo lúc máy chủ hết chỗ, lần {}", sent.len());
        sent.push(citizen.writes_report(&words).with_photo(Shot::OldPhone).sends().await);
        citizen.works().await;
        let item = citizen.item(sent[sent.len() - 1]).await;
        if item.state != "sent" {
            assert_eq!((item.state, item.waiting_for), ("queued", Some(WaitCode::Later)));
            break;
        }
        assert!(sent.len() < 500, "the disk never became full");
    }
    drop(filler);
    citizen.works_for_ms(4 * HOUR_MS).await;
    for item in citizen.outbox().await {
        assert_eq!((item.state, item.percent), ("sent", 100));
    }
    let reader = world.reader(Who::Citizen).await;
    let reports = reader.reports().await;
    assert_eq!(reports.len(), sent.len(), "each exactly once");
    for photo in reports.iter().flat_map(|report| &report.photos) {
        reader.original(photo.id).await.expect("its bytes are there");
    }
}
