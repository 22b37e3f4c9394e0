//! A citizen's account over its first days: registered on one phone, used on two, cut off from one.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test stops at the first surprise and says what it sees"
)]

use citizen_backend::db::Engine;
use citizen_backend::db::testing::ENGINES;
use citizen_core::app::{AppError, SignInView, WaitCode};
use citizen_core::identity::view::SessionState;
use citizen_tests::proxy::{Fault, Match};
use citizen_tests::world::{Person, Who, World};

const PHONE: &str = "0912 000 017";

/// A phone whose owner has registered on it.
async fn registered(world: &World) -> Person {
    let phone = world.device(Who::Newcomer).await;
    phone.asks_to_register(PHONE).await.unwrap();
    phone.registers_with(&world.office.newest_code()).await.unwrap();
    phone.works().await;
    phone
}

/// Types number and password on a device that must then ask for a code, and the code.
async fn signs_in_with_code(world: &World, device: &Person) {
    let app = device.app();
    let step = app.sign_in(Who::Newcomer.number(), Who::Newcomer.password()).await.unwrap();
    assert!(matches!(step, SignInView::Code { .. }), "a new device needs a code");
    app.sign_in_finish(&world.office.newest_code()).await.unwrap();
    device.works().await;
}

async fn state(device: &Person) -> SessionState {
    device.app().session_view().await.unwrap().state
}

fn code_of(outcome: Result<(), AppError>) -> &'static str {
    outcome.unwrap_err().code()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_phone_is_told_of_on_the_first_and_cut_off_there_with_its_outbox_kept() {
    for engine in ENGINES {
        let world = World::on(engine).await;
        let first = registered(&world).await;
        assert_eq!(state(&first).await, SessionState::SignedIn);
        let words = "Nắp cống trước trường bị vỡ";
        let report = first.writes_report(words).sends().await;
        first.works().await;
        assert_eq!(first.item(report).await.state, "sent");

        world.passes_ms(60_000);
        let second = world.device(Who::Newcomer).await;
        signs_in_with_code(&world, &second).await;
        assert_eq!(second.report(report.into()).await.text, words, "the account's reports are here too");
        assert!(first.app().session_view().await.unwrap().new_devices.is_empty());
        first.looks().await;
        let news = first.app().session_view().await.unwrap().new_devices;
        let listed = first.app().devices().await.unwrap().devices;
        let other = listed.iter().find(|row| !row.here).unwrap();
        assert_eq!((listed.len(), news.len(), news[0].id), (2, 1, other.id));

        second.goes_offline().await;
        let unsent = second.writes_report("Viết trên máy sắp bị cắt").sends().await;
        first.app().device_cut_off(other.id).await.unwrap();
        assert_eq!(first.app().devices().await.unwrap().devices.len(), 1);
        second.goes_online().await;
        second.works().await;
        assert_eq!(state(&second).await, SessionState::SessionOver);
        let kept = second.item(unsent).await;
        assert_eq!((kept.state, kept.waiting_for), ("queued", Some(WaitCode::Login)));

        world.passes_ms(60_000);
        signs_in_with_code(&world, &second).await;
        assert_eq!(second.item(unsent).await.state, "sent", "nothing of it is lost");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_forgot_the_password_sets_another_by_phone_and_the_old_phone_is_out_with_its_outbox() {
    const NEXT: &str = "mat-khau-moi-cua-mau";
    for engine in ENGINES {
        let world = World::on(engine).await;
        let old = registered(&world).await;
        old.goes_offline().await;
        let unsent = old.writes_report("Viết trước khi quên mật khẩu").sends().await;

        let new = world.device(Who::Newcomer).await;
        let app = new.app();
        let number = Who::Newcomer.number();
        assert_eq!(app.reset_start(number, "không phải số").await.unwrap_err().code(), "invalid");
        app.reset_start(number, "0912 000 099").await.unwrap();
        let stranger = app.reset_finish(&world.office.newest_code(), NEXT).await;
        assert_eq!(stranger.unwrap_err().code(), "number-and-phone-differ");

        app.reset_start(number, PHONE).await.unwrap();
        let code = world.office.newest_code();
        assert_eq!(app.register_finish(&code, NEXT).await.unwrap_err().code(), "code-over");
        new.network.next(Match::any(), Fault::LoseAnswer);
        assert_eq!(app.reset_finish(&code, NEXT).await.unwrap_err().code(), "offline");
        assert_eq!(app.reset_finish(&code, NEXT).await.unwrap().state, SessionState::SignedIn);
        new.works().await;

        old.goes_online().await;
        old.works().await;
        assert_eq!(state(&old).await, SessionState::SessionOver);
        assert_eq!(old.item(unsent).await.waiting_for, Some(WaitCode::Login));
        let wrong = old.app().sign_in(number, Who::Newcomer.password()).await.unwrap_err();
        assert_eq!(wrong.code(), "wrong-credentials");
        old.app().sign_in(number, NEXT).await.unwrap();
        old.app().sign_in_finish(&world.office.newest_code()).await.unwrap();
        old.works().await;
        assert_eq!(old.item(unsent).await.state, "sent", "nothing of it is lost");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_signs_out_comes_back_on_the_same_phone_without_a_code() {
    let world = World::on(Engine::Sqlite).await;
    let phone = registered(&world).await;
    let code = world.office.newest_code();
    phone.app().sign_out().await.unwrap();
    assert_eq!(state(&phone).await, SessionState::Guest);
    let step = phone.app().sign_in(Who::Newcomer.number(), Who::Newcomer.password()).await.unwrap();
    assert!(matches!(step, SignInView::SignedIn { .. }));
    assert_eq!(world.office.newest_code(), code, "no code was sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_card_on_two_phones_makes_one_account_and_one_clear_answer() {
    for engine in ENGINES {
        let world = World::on(engine).await;
        let (one, other) = (world.device(Who::Newcomer).await, world.device(Who::Newcomer).await);
        one.asks_to_register(PHONE).await.unwrap();
        let code_of_one = world.office.newest_code();
        other.asks_to_register("0912 000 018").await.unwrap();
        let code_of_other = world.office.newest_code();
        let (first, second) =
            tokio::join!(one.registers_with(&code_of_one), other.registers_with(&code_of_other));
        let refused: Vec<&str> =
            [first, second].into_iter().filter_map(Result::err).map(|it| it.code()).collect();
        assert_eq!(refused, ["already-registered"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_lost_at_any_step_leaves_a_way_on() {
    let world = World::on(Engine::Sqlite).await;
    let phone = world.device(Who::Newcomer).await;
    phone.network.next(Match::post("/v1/registrations"), Fault::LoseAnswer);
    assert_eq!(code_of(phone.asks_to_register(PHONE).await), "offline");
    phone.asks_to_register(PHONE).await.unwrap();
    let code = world.office.newest_code();
    phone.network.next(Match::any(), Fault::LoseAnswer);
    assert_eq!(code_of(phone.registers_with(&code).await), "offline");
    phone.registers_with(&code).await.expect("the account is there, and so is the session");
    phone.works().await;
    assert_eq!(state(&phone).await, SessionState::SignedIn);
    phone.looks().await;
    assert_eq!(phone.app().devices().await.unwrap().devices.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backend_that_restarts_between_two_steps_knows_the_code_still() {
    let mut world = World::on(Engine::Sqlite).await;
    let phone = world.device(Who::Newcomer).await;
    phone.asks_to_register(PHONE).await.unwrap();
    let code = world.office.newest_code();
    world.office.stop().await;
    assert_eq!(code_of(phone.registers_with(&code).await), "offline");
    world.office.start().await;
    phone.network.carry_to(world.office.running().addr);
    phone.registers_with(&code).await.unwrap();
}
