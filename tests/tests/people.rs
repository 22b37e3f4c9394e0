//! Several people, several acts: lanes, conflicts, and one phone in two hands.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test stops at the first surprise and says what it sees"
)]

use citizen_backend::db::Engine;
use citizen_contract::command::Rating;
use citizen_contract::ids::ReportId;
use citizen_contract::report_state::{Act, ReportState};
use citizen_core::app::{ActRequest, WaitCode};
use citizen_tests::photos::Shot;
use citizen_tests::proxy::{Answer, Fault, Match};
use citizen_tests::world::{Person, Who, World};

const HOUR_MS: i64 = 60 * 60 * 1000;

/// A report of the citizen that the intake office has passed to Tân Dương.
async fn assigned(world: &World, words: &str) -> (Person, Person, ReportId) {
    let citizen = world.person(Who::Citizen).await;
    let report: ReportId = citizen.writes_report(words).sends().await.into();
    citizen.works().await;
    let intake = world.person(Who::Intake).await;
    intake.report(report).await;
    intake.assigns(report, &world.tan_duong()).await;
    intake.works().await;
    (citizen, intake, report)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lane_of_acts_without_a_network_arrives_in_its_order() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let world = World::on(engine).await;
        let words = "Nắp hố ga vỡ đầu ngõ 12";
        let (_citizen, _intake, report) = assigned(&world, words).await;
        let handler = world.person(Who::Handler).await;
        handler.goes_offline().await;
        handler.acts(report, ActRequest::Note { words: "Đã gọi đội thoát nước".to_owned() }).await;
        handler.acts(report, ActRequest::Start).await;
        handler.answers(report, "Đã thay nắp mới", Shot::Rotated).await;
        handler.works().await;
        let waiting: Vec<_> = handler.outbox().await.iter().map(|item| item.waiting_for).collect();
        assert_eq!(waiting, [Some(WaitCode::Offline), Some(WaitCode::Turn), Some(WaitCode::Turn)]);
        handler.goes_online().await;
        handler.works().await;
        assert!(handler.outbox().await.iter().all(|item| (item.state, item.percent) == ("sent", 100)));
        let there = world.reader(Who::Handler).await.report(words).await;
        assert_eq!(there.state, ReportState::AwaitingApproval);
        let acts: Vec<Act> = there.timeline.iter().map(|entry| entry.act).collect();
        assert_eq!(acts, [Act::Submit, Act::Assign, Act::Start, Act::Answer]);
        assert_eq!(there.notes.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_says_who_changed_what_and_stops_its_lane_only() {
    let world = World::on(Engine::Sqlite).await;
    let words = "Đèn đường tắt cả tuyến";
    let (citizen, intake, report) = assigned(&world, words).await;
    let other: ReportId = citizen.writes_report("Rác dồn sau chợ").sends().await.into();
    citizen.works().await;
    intake.report(other).await;
    intake.assigns(other, &world.tan_duong()).await;
    intake.works().await;

    let handler = world.person(Who::Handler).await;
    handler.goes_offline().await;
    let stale = handler.acts(report, ActRequest::Start).await;
    let behind = handler.acts(report, ActRequest::PassBack { words: "Không thuộc xã".to_owned() }).await;
    let free = handler.acts(other, ActRequest::Start).await;
    intake.report(report).await;
    intake.assigns(report, &world.tan_duong()).await;
    intake.works().await;
    handler.goes_online().await;
    handler.works_for_ms(HOUR_MS).await;

    let item = handler.item(stale).await;
    assert_eq!(item.state, "needs_person");
    let problem = item.problem.expect("a conflict has its reason");
    assert_eq!(problem.code, "revision-conflict");
    let by = problem.by.expect("who");
    assert!(by.vi.contains("Văn phòng"), "{}", by.vi);
    let conflict = handler.report(report).await.conflict.expect("the report shows it too");
    assert_eq!(conflict.command_id, stale);
    assert_ne!(handler.item(behind).await.state, "sent", "what builds on it has not been sent");
    assert_eq!(handler.item(free).await.state, "sent", "another report's lane goes on");
    assert_eq!(world.reader(Who::Handler).await.report(words).await.state, ReportState::Assigned);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_act_that_the_state_forbids_is_refused_for_good() {
    let world = World::on(Engine::Sqlite).await;
    let words = "Chưa trả lời mà đã chấm";
    let (citizen, _intake, report) = assigned(&world, words).await;
    let rating = citizen.rates(report, Rating::Satisfied, "").await;
    let next = citizen.writes_report("Việc khác").sends().await;
    citizen.works().await;
    let item = citizen.item(rating).await;
    assert_eq!((item.state, item.problem.expect("why").code.as_str()), ("needs_person", "act-not-allowed"));
    assert_eq!(citizen.item(next).await.state, "sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_account_on_the_same_phone_neither_sees_nor_sends_the_firsts_reports() {
    let world = World::on(Engine::Sqlite).await;
    let phone = world.person(Who::Citizen).await;
    phone.goes_offline().await;
    let words = "Của người thứ nhất, chưa gửi";
    let first = phone.writes_report(words).with_photo(Shot::OldPhone).sends().await;
    phone.works().await;
    phone.app().sign_out().await.expect("signing out needs no network");
    phone.goes_online().await;

    phone.signs_in_as(Who::SecondCitizen).await.unwrap();
    let own = phone.writes_report("Của người thứ hai").sends().await;
    phone.works_for_ms(HOUR_MS).await;
    let seen: Vec<_> = phone.outbox().await.iter().map(|item| item.command_id).collect();
    assert_eq!(seen, [own]);
    assert!(world.reader(Who::Citizen).await.reports().await.is_empty());
    phone.app().sign_out().await.unwrap();

    phone.signs_in_as(Who::Citizen).await.unwrap();
    phone.works_for_ms(HOUR_MS).await;
    let item = phone.item(first).await;
    assert_eq!((item.state, item.percent), ("sent", 100));
    assert!(world.reader(Who::Citizen).await.report(words).await.mine);
    assert_eq!(world.reader(Who::SecondCitizen).await.reports().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_confirms_no_photo() {
    let world = World::on(Engine::Sqlite).await;
    let citizen = world.person(Who::Citizen).await;
    let words = "Ảnh qua Wi-Fi quán cà phê";
    citizen.network.always(Match::head("/v1/files/"), Fault::Answer(Answer::portal_page()));
    citizen.network.always(Match::patch("/v1/files/"), Fault::Answer(Answer::portal_page()));
    let command = citizen.writes_report(words).with_photo(Shot::OldPhone).sends().await;
    citizen.works_for_ms(HOUR_MS).await;
    let item = citizen.item(command).await;
    assert_eq!((item.text_sent, item.photos_sent), (true, 0), "the words are there, the photo is not");
    citizen.network.heal();
    citizen.works_for_ms(HOUR_MS).await;
    assert_eq!(citizen.item(command).await.photos_sent, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backend_that_was_stopped_and_started_again_goes_on_where_it_was() {
    let mut world = World::on(Engine::Sqlite).await;
    let citizen = world.person(Who::Citizen).await;
    world.office.stop().await;
    let words = "Báo lúc máy chủ nghỉ";
    let command = citizen.writes_report(words).with_photo(Shot::Mirrored).sends().await;
    citizen.works().await;
    assert_eq!(citizen.item(command).await.waiting_for, Some(WaitCode::Offline));
    world.office.start().await;
    citizen.network.carry_to(world.office.running().addr);
    citizen.works_for_ms(HOUR_MS).await;
    assert_eq!(citizen.item(command).await.photos_sent, 1);
    world.reader(Who::Citizen).await.report(words).await;
}
