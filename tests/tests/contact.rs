//! Another phone number for an account, as the person does it, and a clock that is wrong by years.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test stops at the first surprise and says what it sees"
)]

use citizen_backend::db::Engine;
use citizen_core::app::{AppError, CoreError};
use citizen_core::identity::view::SessionState;
use citizen_tests::proxy::{Fault, Match};
use citizen_tests::world::{Person, Who, World};

const PHONE: &str = "0912 000 017";
const NEW: &str = "0912 000 018";

async fn registered(world: &World) -> Person {
    let phone = world.device(Who::Newcomer).await;
    phone.asks_to_register(PHONE).await.unwrap();
    phone.registers_with(&world.office.newest_code()).await.unwrap();
    phone.works().await;
    phone
}

fn told<T>(outcome: Result<T, AppError>) -> (String, Option<String>) {
    let error: CoreError = outcome.err().unwrap().into();
    (error.code, error.field)
}

async fn hint(phone: &Person) -> String {
    phone.app().contact_view().await.unwrap().phone_hint.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_number_is_changed_with_password_and_code_whatever_gets_lost() {
    let world = World::on(Engine::Sqlite).await;
    let phone = registered(&world).await;
    let app = phone.app();
    assert_eq!(hint(&phone).await, "••• ••• 017");
    let password = Who::Newcomer.password();
    let (invalid, at) = ("invalid".to_owned(), |field: &str| Some(field.to_owned()));
    assert_eq!(told(app.phone_change_start("12", password).await), (invalid.clone(), at("phone")));
    assert_eq!(told(app.phone_change_start(NEW, "sai-mat-khau").await), (invalid.clone(), at("password")));
    assert_eq!(told(app.phone_change_start(PHONE, password).await), (invalid, at("phone")));

    phone.network.next(Match::post("/v1/me/phone"), Fault::LoseAnswer);
    assert_eq!(told(app.phone_change_start(NEW, password).await).0, "offline");
    world.passes_ms(60_000);
    app.phone_change_start(NEW, password).await.unwrap();
    let code = world.office.newest_code();
    let wrong = if code == "000000" { "000001" } else { "000000" };
    assert_eq!(told(app.phone_change_finish(wrong).await).0, "code-wrong");
    assert_eq!(hint(&phone).await, "••• ••• 017", "nothing has changed so far");
    phone.network.next(Match::post("/v1/me/phone/"), Fault::LoseAnswer);
    assert_eq!(told(app.phone_change_finish(&code).await).0, "offline");
    let view = app.phone_change_finish(&code).await.unwrap();
    assert_eq!(view.phone_hint.as_deref(), Some("••• ••• 018"));
    assert!(app.challenge_view().is_none());

    phone.goes_offline().await;
    let view = app.contact_view().await.unwrap();
    assert_eq!(view.phone_hint.as_deref(), Some("••• ••• 018"), "known without a network");
    assert!(view.as_of.is_some());
    phone.goes_online().await;
    phone.works().await;
    assert_eq!(app.session_view().await.unwrap().state, SessionState::SignedIn, "devices stay");

    app.phone_change_start("0912 000 019", password).await.unwrap();
    app.lock_set("482916", None).await.unwrap();
    app.lock_now().await.unwrap();
    assert!(app.challenge_view().is_none(), "behind the lock nobody learns where codes go");
    assert_eq!(told(app.contact_view().await).0, "locked");
    app.lock_open("482916").await.unwrap();
    app.sign_out().await.unwrap();
    assert!(app.challenge_view().is_none(), "whoever comes next does not wait for it");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_closes_the_app_at_the_code_goes_on_or_begins_again() {
    let world = World::on(Engine::Sqlite).await;
    let mut phone = world.device(Who::Newcomer).await;
    phone.asks_to_register(PHONE).await.unwrap();
    phone.restarts().await;
    assert!(phone.app().challenge_view().is_none());
    assert_eq!(told(phone.registers_with(&world.office.newest_code()).await).0, "code-over");
    phone.asks_to_register(PHONE).await.unwrap();
    phone.registers_with(&world.office.newest_code()).await.unwrap();
    world.passes_ms(60_000);

    let mut other = world.device(Who::Newcomer).await;
    other.signs_in_as(Who::Newcomer).await.unwrap();
    other.restarts().await;
    assert_eq!(told(other.app().sign_in_finish(&world.office.newest_code()).await).0, "code-over");
    other.signs_in_as(Who::Newcomer).await.unwrap();
    other.app().sign_in_finish(&world.office.newest_code()).await.unwrap();
    other.works().await;
    assert_eq!(other.app().devices().await.unwrap().devices.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_step_may_lose_its_request_or_its_answer_and_ends_in_one_account_and_one_device() {
    for fault in [Fault::CutRequest(40), Fault::LoseAnswer] {
        let world = World::on(Engine::Sqlite).await;
        let phone = world.device(Who::Newcomer).await;
        let lose = |path: &str| phone.network.next(Match::post(path), fault.clone());
        lose("/v1/registrations");
        assert_eq!(told(phone.asks_to_register(PHONE).await).0, "offline");
        phone.asks_to_register(PHONE).await.unwrap();
        let code = world.office.newest_code();
        lose("/v1/registrations/");
        assert_eq!(told(phone.registers_with(&code).await).0, "offline");
        phone.registers_with(&code).await.unwrap();
        phone.works().await;

        world.passes_ms(16 * 60_000);
        lose("/v1/sessions/refresh");
        phone.looks().await;
        world.passes_ms(30_000);
        phone.looks().await;
        assert_eq!(phone.app().session_view().await.unwrap().state, SessionState::SignedIn);

        phone.network.next(Match::any(), fault.clone());
        phone.app().sign_out().await.unwrap();
        assert_eq!(phone.app().session_view().await.unwrap().state, SessionState::Guest);
        lose("/v1/sessions");
        assert_eq!(told(phone.signs_in_as(Who::Newcomer).await).0, "offline");
        phone.signs_in_as(Who::Newcomer).await.unwrap();
        phone.looks().await;
        assert_eq!(phone.app().devices().await.unwrap().devices.len(), 1, "one device");

        let other = world.device(Who::Newcomer).await;
        other.signs_in_as(Who::Newcomer).await.unwrap();
        let code = world.office.newest_code();
        other.network.next(Match::post("/v1/sessions/"), fault.clone());
        assert_eq!(told(other.app().sign_in_finish(&code).await).0, "offline");
        other.app().sign_in_finish(&code).await.unwrap();
        other.works().await;
        let listed = other.app().devices().await.unwrap().devices;
        let first = listed.iter().find(|row| !row.here).expect("the first phone").id;
        other.network.next(Match::any(), fault.clone());
        assert_eq!(told(other.app().device_cut_off(first).await).0, "offline");
        // Cut off already, or cut off now: gone either way.
        let again = other.app().device_cut_off(first).await;
        assert!(again.is_ok() || again.is_err_and(|error| error.code() == "not-found"));
        assert_eq!(other.app().devices().await.unwrap().devices.len(), 1);
        phone.looks().await;
        assert_eq!(phone.app().session_view().await.unwrap().state, SessionState::SessionOver);
    }
}

/// The device believes in another year than the office.
#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_wrong_by_years_keeps_nobody_out() {
    const DAY: i64 = 86_400_000;
    for days in [-54 * 365, 14 * 365, 76 * 365] {
        let world = World::on(Engine::Sqlite).await;
        let mut phone = world.device(Who::Newcomer).await;
        phone.believes_ms(days * DAY).await;
        phone.asks_to_register(PHONE).await.unwrap();
        let waited = phone.app().challenge_view().unwrap();
        assert_eq!(waited.expires_at.0 - waited.now.0, 300_000, "minutes are told, not years");
        assert_eq!(waited.resend_after.0 - waited.now.0, 60_000);
        phone.registers_with(&world.office.newest_code()).await.unwrap();
        phone.works().await;
        phone.app().lock_set("482916", None).await.unwrap();
        let report = phone.writes_report("Đồng hồ máy này sai nhiều năm").sends().await;
        phone.works().await;
        let item = phone.item(report).await;
        assert_eq!((item.state, item.report_number.is_some()), ("sent", true), "{days} days");
        // The clock jumps while the app is open, and back.
        phone.believes_ms(-days * DAY).await;
        phone.app().lock_open("482916").await.unwrap();
        let later = phone.writes_report("Đồng hồ vừa nhảy").sends().await;
        phone.works().await;
        assert_eq!(phone.item(later).await.state, "sent");
        phone.app().sign_out().await.unwrap();
        phone.signs_in_as(Who::Newcomer).await.unwrap();
        assert_ne!(phone.app().session_view().await.unwrap().state, SessionState::Guest);
    }
}
