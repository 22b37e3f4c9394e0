//! What the app shows and does behind its lock.

use super::identity::{NUMBER, PASSWORD};
use super::*;
use crate::app::{ActDraftKind, ActRequest};
use crate::identity::view::SessionState;

const PIN: &str = "482916";

impl Device {
    async fn locked(&self) -> App {
        let app = self.registered().await;
        app.lock_set(PIN, None).await.unwrap();
        app.lock_now().await.unwrap();
        app
    }
}

async fn state(app: &App) -> SessionState {
    app.session_view().await.unwrap().state
}

#[tokio::test]
async fn pins_that_anybody_would_try_are_refused_by_name() {
    let device = Device::new().await;
    let app = device.registered().await;
    for (pin, code) in [
        ("12345", "pin-malformed"),
        ("123456", "pin-trivial"),
        ("000000", "pin-trivial"),
        ("170590", "pin-birth-date"),
        ("900517", "pin-birth-date"),
    ] {
        assert_eq!(app.lock_set(pin, None).await.unwrap_err().code(), code, "{pin}");
    }
    let looks = app.pin_check("170590").await;
    assert!(looks.six_digits && looks.birth_date && !looks.trivial);
    assert!(!app.session_view().await.unwrap().lock.unwrap().set);
    app.lock_set(PIN, None).await.unwrap();
    assert_eq!(app.lock_set("730518", None).await.unwrap_err().code(), "pin-wrong");
    app.lock_set("730518", Some(PIN)).await.unwrap();
    app.lock_remove("730518").await.unwrap();
    assert!(!app.session_view().await.unwrap().lock.unwrap().set);
}

#[tokio::test]
async fn every_call_that_shows_something_personal_answers_locked() {
    let device = Device::new().await;
    let app = device.registered().await;
    let draft = app.draft_new().await.unwrap();
    app.draft_save(draft.id, form(&app)).await.unwrap();
    let photo =
        app.draft_add_photo(draft.id, camera(), Agreement::default()).await.unwrap().photos[0].attachment_id;
    app.lock_set(PIN, None).await.unwrap();
    let view = app.lock_now().await.unwrap();
    assert_eq!(view.state, SessionState::Locked);
    assert!(view.account.is_none() && view.nav.is_empty() && view.new_devices.is_empty());
    assert_eq!((view.outbox_count, view.needs_person_count, view.questions_count), (0, 0, 0));
    let (id, report) = (draft.id, draft.id.into());
    let device_id = "018e9a4e-8a00-7000-9000-000000000001".parse().unwrap();
    let queue = serde_json::from_str(r#"{"view": "to_do"}"#).unwrap();
    let work = serde_json::from_str(r#"{"view": "work"}"#).unwrap();
    let answers = [
        app.home_view().await.err(),
        app.draft_new().await.err(),
        app.draft_get(id).await.err(),
        app.draft_save(id, DraftPatch::default()).await.err(),
        app.draft_add_photo(id, camera(), Agreement::default()).await.err(),
        app.draft_remove_photo(id, photo).await.err(),
        app.draft_submit(id).await.err(),
        app.draft_delete(id).await.err(),
        app.outbox_view().await.err(),
        app.outbox_recall(id).await.err(),
        app.outbox_delete(id).await.err(),
        app.outbox_drop_photo(id, photo).await.err(),
        app.set_aside().await.err(),
        app.reports_mine(ReportsTab::Open).await.err(),
        app.report_view(report).await.err(),
        app.act(report, ActRequest::Start).await.err(),
        app.act_draft(report, ActDraftKind::AddInformation).await.err(),
        app.photo_bytes(photo, PhotoVariant::Display).await.err(),
        app.queue_page(queue, None).await.err(),
        app.unit_work(work).await.err(),
        app.devices().await.err(),
        app.device_cut_off(device_id).await.err(),
        app.devices_seen().await.err(),
        app.lock_set("730518", Some(PIN)).await.err(),
        app.lock_remove(PIN).await.err(),
    ];
    for (at, answer) in answers.into_iter().enumerate() {
        assert_eq!(answer.map(|error| error.code()), Some("locked"), "call {at}");
    }
    assert!(!app.pin_check("170590").await.birth_date, "nor is the birth date told by trying");
    let view = app.lock_open(PIN).await.unwrap();
    assert_eq!(view.account.unwrap().display_name, "Nguyễn Văn Mẫu");
    assert_eq!(app.draft_get(id).await.unwrap().photos.len(), 1);
}

#[tokio::test]
async fn the_pin_opens_without_a_network_after_a_restart() {
    let device = Device::new().await;
    drop(device.locked().await);
    device.backend.set(Mood::Portal);
    let app = device.start().await;
    assert_eq!(state(&app).await, SessionState::Locked);
    let wrong: CoreError = app.lock_open("913572").await.unwrap_err().into();
    assert_eq!((wrong.code.as_str(), wrong.tries_left), ("pin-wrong", Some(9)));
    assert_eq!(app.lock_open(PIN).await.unwrap().state, SessionState::SignedIn);
}

#[tokio::test]
async fn sending_goes_on_behind_the_lock() {
    let device = Device::new().await;
    let app = device.registered().await;
    let draft = app.draft_new().await.unwrap();
    app.draft_save(draft.id, form(&app)).await.unwrap();
    app.draft_add_photo(draft.id, camera(), Agreement::default()).await.unwrap();
    app.draft_submit(draft.id).await.unwrap();
    app.lock_set(PIN, None).await.unwrap();
    app.lock_now().await.unwrap();
    settle(&app).await;
    assert_eq!(device.backend.order(), [draft.id]);
}

#[tokio::test]
async fn ten_wrong_pins_ask_for_a_sign_in_and_the_outbox_is_kept() {
    let device = Device::new().await;
    let app = device.registered().await;
    let draft = app.draft_new().await.unwrap();
    app.draft_save(draft.id, form(&app)).await.unwrap();
    app.lock_set(PIN, None).await.unwrap();
    app.lock_now().await.unwrap();
    let mut codes = Vec::new();
    for _ in 0..10 {
        let told: CoreError = app.lock_open("913572").await.unwrap_err().into();
        device.clock.advance(i64::from(told.retry_after_s.unwrap_or(0)) * 1000);
        codes.push(told.code);
    }
    assert_eq!((codes[8].as_str(), codes[9].as_str()), ("pin-wrong", "pin-sign-in"));
    let lock = app.session_view().await.unwrap().lock.unwrap();
    assert!(lock.locked && lock.sign_in_needed && lock.tries_left == 0);
    assert_eq!(app.sign_in(NUMBER, "sai").await.unwrap_err().code(), "wrong-credentials");
    assert_eq!(state(&app).await, SessionState::Locked, "a wrong password opens nothing");
    app.sign_in(NUMBER, PASSWORD).await.unwrap();
    let view = app.session_view().await.unwrap();
    assert_eq!(view.state, SessionState::SignedIn);
    assert!(!view.lock.unwrap().set, "a new PIN is to be chosen");
    app.draft_get(draft.id).await.unwrap();
}

#[tokio::test]
async fn who_signs_in_as_somebody_else_does_not_open_the_first_ones_lock() {
    let device = Device::new().await;
    let app = device.locked().await;
    app.sign_in("031099000002", "mật khẩu mẫu").await.unwrap();
    assert_eq!(state(&app).await, SessionState::SignedIn);
    assert!(app.outbox_view().await.unwrap().items.is_empty());
    app.sign_in(NUMBER, PASSWORD).await.unwrap();
    let lock = app.session_view().await.unwrap().lock.unwrap();
    assert!(lock.set && !lock.locked, "the PIN stayed, the password opened");
}

#[tokio::test]
async fn it_locks_after_minutes_without_a_touch_and_tells_the_window() {
    let device = Device::new().await;
    let app = device.registered().await;
    app.lock_set(PIN, None).await.unwrap();
    device.clock.advance(4 * 60_000);
    app.person_active();
    device.clock.advance(4 * 60_000);
    assert_eq!(state(&app).await, SessionState::SignedIn);
    let mut heard = app.subscribe();
    device.clock.advance(60_000);
    assert_eq!(app.home_view().await.unwrap_err().code(), "locked");
    assert_eq!(heard.try_recv().unwrap(), CoreEvent::Session);
}

#[tokio::test]
async fn in_the_background_it_locks_and_a_session_that_ended_meanwhile_is_told_after_the_pin() {
    let device = Device::new().await;
    let app = device.registered().await;
    app.lock_set(PIN, None).await.unwrap();
    let other = Device::of(device.backend.clone());
    let cutter = other.joined().await;
    let id = app.devices().await.unwrap().devices[0].id;
    cutter.device_cut_off(id).await.unwrap();
    app.background();
    device.clock.advance(60_000);
    app.foreground().await.unwrap();
    settle(&app).await;
    assert_eq!(state(&app).await, SessionState::Locked);
    assert_eq!(app.lock_open(PIN).await.unwrap().state, SessionState::SessionOver);
}
