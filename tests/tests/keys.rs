//! A device whose key store is missing, locked, emptied, or fails in the middle: the person is told, can
//! go on, and nothing that was saved is lost in silence.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test stops at the first surprise and says what it sees"
)]

use citizen_backend::db::Engine;
use citizen_core::app::{AppError, WaitCode};
use citizen_core::identity::view::{EarlierFiles, SessionState, SessionView};
use citizen_tests::switched_keys::KeyMood;
use citizen_tests::traces::{copy, files_below};
use citizen_tests::world::{Person, Who, World};

const PHONE: &str = "0912 000 017";
const PIN: &str = "482916";

async fn registered(world: &World) -> Person {
    let phone = world.device(Who::Newcomer).await;
    phone.asks_to_register(PHONE).await.unwrap();
    phone.registers_with(&world.office.newest_code()).await.unwrap();
    phone.works().await;
    phone
}

async fn view(phone: &Person) -> SessionView {
    phone.app().session_view().await.unwrap()
}

fn code_of<T>(outcome: Result<T, AppError>) -> &'static str {
    outcome.err().unwrap().code()
}

/// Signs in on a device that the backend does not know.
async fn signs_in_with_code(world: &World, phone: &Person) {
    world.passes_ms(61_000);
    phone.signs_in_as(Who::Newcomer).await.unwrap();
    phone.app().sign_in_finish(&world.office.newest_code()).await.unwrap();
    phone.works().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_store_that_is_locked_at_the_start_leaves_everything_and_is_asked_again() {
    for mood in [KeyMood::Locked, KeyMood::Missing] {
        let world = World::on(Engine::Sqlite).await;
        let mut phone = registered(&world).await;
        phone.goes_offline().await;
        let unsent = phone.writes_report("Nắp cống vỡ trước trường").sends().await;
        phone.ends();
        phone.keys.is_now(mood);
        phone.starts().await;
        let seen = view(&phone).await;
        assert_eq!((seen.state, seen.earlier_files), (SessionState::Guest, EarlierFiles::Waiting));
        assert!(!seen.key_kept && !seen.passphrase_needed && seen.set_aside.is_none());
        let still = phone.app().key_store_retry().await.unwrap();
        assert_eq!(still.earlier_files, EarlierFiles::Waiting);

        phone.keys.is_now(KeyMood::Works);
        let seen = phone.app().key_store_retry().await.unwrap();
        assert_eq!((seen.state, seen.earlier_files), (SessionState::SignedIn, EarlierFiles::None));
        phone.goes_online().await;
        phone.works().await;
        assert_eq!(phone.item(unsent).await.state, "sent", "{mood:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_key_store_a_session_of_its_own_serves_and_ends_with_the_program() {
    let world = World::on(Engine::Sqlite).await;
    let mut phone = world.device(Who::Newcomer).await;
    phone.ends();
    phone.keys.is_now(KeyMood::Missing);
    phone.starts().await;
    phone.asks_to_register(PHONE).await.unwrap();
    phone.registers_with(&world.office.newest_code()).await.unwrap();
    phone.works().await;
    let seen = view(&phone).await;
    assert_eq!((seen.state, seen.key_kept), (SessionState::SignedIn, false), "and it is said");
    let report = phone.writes_report("Viết trên máy không có kho khóa").sends().await;
    phone.works().await;
    assert_eq!(phone.item(report).await.state, "sent");
    phone.restarts().await;
    let seen = view(&phone).await;
    assert_eq!((seen.state, seen.earlier_files), (SessionState::Guest, EarlierFiles::None));
    assert!(files_below(phone.folder()).iter().all(|file| !file.to_string_lossy().contains("outbox-aside")));
}

/// Signed in again where the keys are gone: the report that was sent is back, what was not sent is set
/// aside whole, and the person was told before and after.
async fn comes_back_without_keys(world: &World, phone: &mut Person) {
    let seen = view(phone).await;
    assert_eq!((seen.state, seen.earlier_files), (SessionState::Guest, EarlierFiles::WithoutKeys));
    assert!(seen.set_aside.is_none(), "nobody's own files are no news");
    let bytes_before = outboxes(phone);
    signs_in_with_code(world, phone).await;
    let seen = view(phone).await;
    assert_eq!((seen.state, seen.earlier_files), (SessionState::SignedIn, EarlierFiles::None));
    assert!(seen.set_aside.is_some(), "told after it happened");
    let aside = phone.app().set_aside().await.unwrap();
    assert_eq!(aside.len(), 1);
    assert!(aside[0].bytes > 4096);
    assert!(outboxes(phone) >= bytes_before, "nothing was deleted");
    let rows = phone.app().reports_mine(citizen_core::reports::ReportsTab::Open).await.unwrap().rows;
    assert_eq!(rows.len(), 1, "what was sent is here again");
    phone.restarts().await;
    assert_eq!(phone.app().set_aside().await.unwrap().len(), 1, "also told after the next start");
}

/// Bytes of outboxes on the device.
fn outboxes(phone: &Person) -> u64 {
    let files = files_below(phone.folder());
    let outboxes = files.iter().filter(|file| file.to_string_lossy().contains("outbox"));
    outboxes.map(|file| std::fs::metadata(file).map_or(0, |about| about.len())).sum()
}

async fn with_sent_and_unsent(phone: &Person) {
    phone.writes_report("Đã gửi trước khi mất khóa").sends().await;
    phone.works().await;
    phone.goes_offline().await;
    phone.writes_report("Chưa gửi khi mất khóa").sends().await;
    phone.goes_online().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_emptied_key_store_is_told_and_the_unsent_outbox_is_set_aside() {
    let world = World::on(Engine::Sqlite).await;
    let mut phone = registered(&world).await;
    with_sent_and_unsent(&phone).await;
    phone.ends();
    phone.keys.is_emptied();
    phone.starts().await;
    comes_back_without_keys(&world, &mut phone).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_came_from_another_phone_are_told_and_kept() {
    let world = World::on(Engine::Sqlite).await;
    let mut first = registered(&world).await;
    with_sent_and_unsent(&first).await;
    first.ends();
    let mut other = world.device(Who::Newcomer).await;
    other.ends();
    copy(&first.folder().join("accounts"), &other.folder().join("accounts"));
    other.starts().await;
    comes_back_without_keys(&world, &mut other).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_store_that_fails_at_any_change_of_a_registration_leaves_one_account_and_a_way_on() {
    for changes in 0..12 {
        let world = World::on(Engine::Sqlite).await;
        let mut phone = world.device(Who::Newcomer).await;
        phone.keys.is_now(KeyMood::FailsAfter(changes));
        let asked = phone.asks_to_register(PHONE).await;
        let failed = match asked {
            Err(error) => Some(error),
            Ok(()) => phone.registers_with(&world.office.newest_code()).await.err(),
        };
        phone.keys.is_now(KeyMood::Works);
        if let Some(error) = failed {
            assert_eq!(error.code(), "key-store-unavailable", "after {changes}");
            // The same step again; where nothing was asked yet, from the beginning.
            if phone.app().challenge_view().is_none() {
                phone.asks_to_register(PHONE).await.unwrap();
            }
            phone.registers_with(&world.office.newest_code()).await.unwrap();
        }
        phone.works().await;
        assert_eq!(view(&phone).await.state, SessionState::SignedIn, "after {changes}");
        assert_eq!(phone.app().devices().await.unwrap().devices.len(), 1, "one device, after {changes}");
        phone.restarts().await;
        phone.looks().await;
        assert_eq!(view(&phone).await.state, SessionState::SignedIn, "and after a restart");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_store_that_fails_at_any_change_of_a_sign_in_leaves_a_way_on() {
    for changes in 0..8 {
        let world = World::on(Engine::Sqlite).await;
        registered(&world).await;
        world.passes_ms(61_000);
        let mut other = world.device(Who::Newcomer).await;
        other.keys.is_now(KeyMood::FailsAfter(changes));
        let failed = match other.signs_in_as(Who::Newcomer).await {
            Err(error) => Some(error),
            Ok(()) => other.app().sign_in_finish(&world.office.newest_code()).await.err(),
        };
        other.keys.is_now(KeyMood::Works);
        if let Some(error) = failed {
            assert_eq!(error.code(), "key-store-unavailable", "after {changes}");
            if other.app().challenge_view().is_none() {
                other.signs_in_as(Who::Newcomer).await.unwrap();
            }
            other.app().sign_in_finish(&world.office.newest_code()).await.unwrap();
        }
        other.works().await;
        assert_eq!(other.app().devices().await.unwrap().devices.len(), 2, "two devices, after {changes}");
        other.restarts().await;
        other.looks().await;
        assert_eq!(view(&other).await.state, SessionState::SignedIn);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pins_and_signing_out_change_nothing_while_the_key_store_fails() {
    let world = World::on(Engine::Sqlite).await;
    let phone = registered(&world).await;
    let app = phone.app();
    phone.keys.is_now(KeyMood::Locked);
    assert_eq!(code_of(app.lock_set(PIN, None).await), "key-store-unavailable");
    assert!(!view(&phone).await.lock.unwrap().set);
    phone.keys.is_now(KeyMood::Works);
    app.lock_set(PIN, None).await.unwrap();
    phone.keys.is_now(KeyMood::FailsAfter(0));
    assert_eq!(code_of(app.lock_remove(PIN).await), "key-store-unavailable");
    assert_eq!(code_of(app.lock_after(15).await), "key-store-unavailable");
    let lock = view(&phone).await.lock.unwrap();
    assert_eq!((lock.set, lock.idle_minutes), (true, 5));
    app.lock_now().await.unwrap();
    assert_eq!(code_of(app.lock_open(PIN).await), "key-store-unavailable", "no try without its count");
    assert_eq!(code_of(app.lock_open("730518").await), "key-store-unavailable");
    phone.keys.is_now(KeyMood::Works);
    app.lock_open(PIN).await.unwrap();
    assert_eq!(view(&phone).await.lock.unwrap().tries_left, 10, "none of them counted");

    let unsent = {
        phone.goes_offline().await;
        phone.writes_report("Viết trước khi đăng xuất").sends().await
    };
    phone.keys.is_now(KeyMood::FailsAfter(0));
    assert_eq!(code_of(app.sign_out().await), "key-store-unavailable");
    assert_eq!(view(&phone).await.state, SessionState::SignedIn, "nobody has left");
    phone.keys.is_now(KeyMood::Works);
    phone.goes_online().await;
    phone.works().await;
    assert_eq!(phone.item(unsent).await.state, "sent", "and the session still serves");
    assert_eq!(app.sign_out().await.unwrap().state, SessionState::Guest);
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_that_the_key_store_did_not_take_serve_on_and_are_offered_again() {
    let world = World::on(Engine::Sqlite).await;
    let mut phone = registered(&world).await;
    world.passes_ms(16 * 60_000);
    phone.keys.is_now(KeyMood::FailsAfter(0));
    let report = phone.writes_report("Gửi khi kho khóa bị khóa").sends().await;
    phone.works().await;
    assert_eq!(phone.item(report).await.state, "sent", "refreshed, though nothing could be kept");
    phone.keys.is_now(KeyMood::Works);
    phone.looks().await;
    world.passes_ms(16 * 60_000);
    phone.restarts().await;
    let later = phone.writes_report("Gửi sau khi mở lại").sends().await;
    phone.works().await;
    let item = phone.item(later).await;
    assert_eq!((item.state, item.waiting_for), ("sent", None::<WaitCode>));
}
