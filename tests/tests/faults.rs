//! What comes back instead of a receipt, and the state in which it leaves the report. Nothing is lost
//! in any of them, and nothing is sent twice in the end.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test stops at the first surprise and says what it sees"
)]

use citizen_backend::db::Engine;
use citizen_contract::ids::CommandId;
use citizen_core::app::{OutboxItem, WaitCode};
use citizen_core::photos::Agreement;
use citizen_tests::photos::Shot;
use citizen_tests::proxy::{Answer, Fault, Match};
use citizen_tests::world::{Person, Who, World};

const HOUR_MS: i64 = 60 * 60 * 1000;

fn commands() -> Match {
    Match::post("/v1/commands")
}

/// Sends a report into a fault that stays, and says where that leaves it.
async fn sent_into(citizen: &Person, words: &str, fault: Fault) -> (CommandId, OutboxItem) {
    citizen.network.always(commands(), fault);
    let command = citizen.writes_report(words).sends().await;
    citizen.works().await;
    let item = citizen.item(command).await;
    (command, item)
}

/// Takes the fault away, lets an hour pass, and finds the report on the server exactly once.
async fn arrives_once_after(world: &World, citizen: &Person, words: &str, command: CommandId) {
    citizen.network.heal();
    citizen.works_for_ms(HOUR_MS).await;
    assert_eq!(citizen.item(command).await.state, "sent", "{words}");
    assert_eq!(world.reader(Who::Citizen).await.report(words).await.words, words);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_captive_portal_is_no_backend() {
    let world = World::on(Engine::Sqlite).await;
    let citizen = world.person(Who::Citizen).await;
    for (words, answer) in [
        ("Cổng chào: trang đăng nhập", Answer::portal_page()),
        ("Cổng chào: chuyển hướng", Answer::portal_redirect()),
        ("Cổng chào: thân bị cắt", Answer::cut_body()),
        ("Cổng chào: JSON của người khác", Answer::foreign_json()),
        ("Cổng chào: 403 của quán cà phê", Answer::status(403)),
    ] {
        let (command, item) = sent_into(&citizen, words, Fault::Answer(answer)).await;
        assert_eq!((item.state, item.waiting_for), ("queued", Some(WaitCode::Offline)), "{words}");
        arrives_once_after(&world, &citizen, words, command).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn patience_is_kept_as_long_as_the_backend_asks() {
    let world = World::on(Engine::Sqlite).await;
    let citizen = world.person(Who::Citizen).await;
    for (words, answer) in [
        ("Bận: 429", Answer::problem(429, "too-many-requests").retry_after(120)),
        ("Bận: 503", Answer::problem(503, "unavailable").retry_after(120)),
        ("Bận: 500 trần", Answer::status(500).retry_after(120)),
    ] {
        let (command, item) = sent_into(&citizen, words, Fault::Answer(answer)).await;
        assert_eq!((item.state, item.waiting_for), ("queued", Some(WaitCode::Later)), "{words}");
        let asked = citizen.network.exchanges().len();
        citizen.works_for_ms(119_000).await;
        assert_eq!(citizen.network.exchanges().len(), asked, "{words}: tried before it was allowed to");
        arrives_once_after(&world, &citizen, words, command).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_token_is_refreshed_and_an_ended_session_keeps_everything() {
    let world = World::on(Engine::Sqlite).await;
    let citizen = world.person(Who::Citizen).await;
    let unauthorised = || Fault::Answer(Answer::problem(401, "sign-in-required"));
    citizen.network.next(commands(), unauthorised());
    let words = "Hết hạn giữa chừng";
    let command = citizen.writes_report(words).sends().await;
    citizen.works().await;
    assert_eq!(citizen.item(command).await.state, "sent", "refreshed by itself");

    citizen.network.always(Match::post("/v1/sessions/refresh"), unauthorised());
    let words = "Phiên đã bị kết thúc";
    let (command, item) = sent_into(&citizen, words, unauthorised()).await;
    assert_eq!((item.state, item.waiting_for), ("queued", Some(WaitCode::Login)));
    citizen.network.heal();
    citizen.signs_in_as(Who::Citizen).await.unwrap();
    arrives_once_after(&world, &citizen, words, command).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_final_refusal_is_kept_with_its_reason_and_stops_nobody_else() {
    let world = World::on(Engine::Sqlite).await;
    let citizen = world.person(Who::Citizen).await;
    for (status, code) in [(409, "command-id-reused"), (413, "too-large"), (422, "invalid")] {
        let words = format!("Bị từ chối: {code}");
        citizen.goes_offline().await;
        let poison = citizen.writes_report(&words).sends().await;
        let fault = Fault::Answer(Answer::problem(status, code));
        citizen.network.next(commands(), fault);
        citizen.goes_online().await;
        citizen.works().await;
        let item = citizen.item(poison).await;
        assert_eq!(item.state, "needs_person");
        assert_eq!(item.problem.expect("with its reason").code, code);
        assert!(item.can_recall && item.can_delete, "the person decides");

        let other = format!("Đi sau vụ {code}");
        let next = citizen.writes_report(&other).sends().await;
        citizen.works_for_ms(HOUR_MS).await;
        assert_eq!(citizen.item(next).await.state, "sent");
        assert_eq!(citizen.item(poison).await.state, "needs_person", "it never vanishes");
        world.reader(Who::Citizen).await.report(&other).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_of_an_unknown_key_proves_nothing_yet() {
    let world = World::on(Engine::Sqlite).await;
    let citizen = world.person(Who::Citizen).await;
    let words = "Biên nhận lạ";
    let fault = Fault::forge(|body| rewritten(body, "\"key_id\":\"", "0000000000000000"));
    let (command, item) = sent_into(&citizen, words, fault).await;
    assert_eq!((item.state, item.waiting_for), ("queued", Some(WaitCode::Update)));
    arrives_once_after(&world, &citizen, words, command).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_receipt_is_worth_nothing() {
    let world = World::on(Engine::Sqlite).await;
    let citizen = world.person(Who::Citizen).await;
    let words = "Biên nhận giả";
    let fault = Fault::forge(|body| rewritten(body, "\"signature\":\"", "AAAAAAAAAAAAAAAA"));
    let (command, item) = sent_into(&citizen, words, fault).await;
    assert_eq!((item.state, item.waiting_for), ("queued", Some(WaitCode::Later)));
    arrives_once_after(&world, &citizen, words, command).await;
}

/// Puts other characters after the first `mark`.
fn rewritten(body: &[u8], mark: &str, with: &str) -> Vec<u8> {
    let text = String::from_utf8(body.to_vec()).unwrap();
    let at = text.find(mark).expect("the answer carries a receipt") + mark.len();
    format!("{}{with}{}", &text[..at], &text[at + with.len()..]).into_bytes()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_and_a_doubled_request_count_once() {
    let world = World::on(Engine::Sqlite).await;
    let citizen = world.person(Who::Citizen).await;
    for (words, fault) in [("Mất câu trả lời", Fault::LoseAnswer), ("Đến hai lần", Fault::Twice)]
    {
        citizen.network.next(commands(), fault);
        let command = citizen.writes_report(words).sends().await;
        citizen.works().await;
        arrives_once_after(&world, &citizen, words, command).await;
    }
    citizen.network.next(Match::post("/v1/sessions/refresh"), Fault::LoseAnswer);
    citizen.network.next(commands(), Fault::Answer(Answer::problem(401, "sign-in-required")));
    let words = "Mất câu trả lời khi gia hạn phiên";
    let command = citizen.writes_report(words).sends().await;
    citizen.works().await;
    citizen.works_for_ms(30_000).await;
    assert_eq!(citizen.item(command).await.state, "sent", "a lost answer logs nobody out");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_goes_on_where_a_broken_connection_left_it() {
    let world = World::on(Engine::Sqlite).await;
    let citizen = world.person(Who::Citizen).await;
    let words = "Ảnh qua mạng chập chờn";
    // Within the head, at its end, within the bytes of the photo, and all over the answer.
    let requests = (0..700).step_by(99).chain((1_000..260_000).step_by(60_013)).map(Fault::CutRequest);
    let answers = (0..200).step_by(45).map(Fault::CutAnswer);
    for fault in requests.chain(answers).chain([Fault::LoseAnswer]) {
        citizen.network.next(Match::patch("/v1/files/"), fault);
    }
    let command = citizen.writes_report(words).with_photo(Shot::RotatedWithPosition).sends().await;
    citizen.works_for_ms(48 * HOUR_MS).await;
    let item = citizen.item(command).await;
    assert_eq!((item.state, item.photos_sent), ("sent", 1));
    let reader = world.reader(Who::Citizen).await;
    let photo = reader.report(words).await.photos[0].id;
    let prepared = citizen_core::photos::prepare(
        &Shot::RotatedWithPosition.bytes(),
        Agreement { time: true, place: false },
    );
    let expected = citizen_contract::hash::ContentHash::of(&prepared.unwrap().bytes);
    assert_eq!(reader.original(photo).await, Ok(expected), "byte for byte");
}
