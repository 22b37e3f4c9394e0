//! One report, all the way: written without a network, answered by an office, rated, opened again.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test stops at the first surprise and says what it sees"
)]

use citizen_backend::db::Engine;
use citizen_contract::command::Rating;
use citizen_contract::documents::{PhotoState, ReportDocument};
use citizen_contract::ids::ReportId;
use citizen_contract::query::QueueView;
use citizen_contract::report_state::{Act, ReportState};
use citizen_core::app::ActRequest;
use citizen_core::reports::ActCode;
use citizen_tests::photos::Shot;
use citizen_tests::world::{Person, Who, World};

const WORDS: &str = "Ổ gà sâu trước cổng chợ Tân Dương, xe máy ngã hai lần trong tuần";

#[tokio::test(flavor = "multi_thread")]
async fn the_story_on_sqlite() {
    story(World::on(Engine::Sqlite).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_story_on_postgresql() {
    story(World::on(Engine::Postgres).await).await;
}

async fn story(world: World) {
    let mut citizen = world.person(Who::Citizen).await;
    let report = written_offline_and_sent_once(&world, &mut citizen).await;
    let second = world.reader(Who::Citizen).await;

    let intake = world.person(Who::Intake).await;
    let queue = world.reader(Who::Intake).await.queue(QueueView::ToTakeIn).await;
    assert_eq!(queue.items.len(), 1);
    assert_eq!((queue.items[0].photos_received, queue.items[0].photos_declared), (3, 3));
    let shown = intake.report(report).await;
    assert_eq!(shown.sender.expect("intake may know").display_name, Who::Citizen.name());
    intake.assigns(report, &world.tan_duong()).await;
    intake.works().await;
    assert_eq!(second.report(WORDS).await.state, ReportState::Assigned);

    let handler = world.person(Who::Handler).await;
    let approver = world.person(Who::Approver).await;
    answered(&handler, &approver, report, "Đã vá ổ gà bằng bê tông nhựa").await;
    for who in [Who::Handler, Who::Approver] {
        let seen = world.reader(who).await.report(WORDS).await;
        assert_eq!(seen.sender, None, "{who:?} must not know who sent it");
    }

    citizen.looks().await;
    let shown = citizen.report(report).await;
    let answer = shown.answer.expect("the answer is published");
    assert!(answer.approved && answer.before.is_some() && answer.after.is_some());
    assert_eq!(answer.signed_by.as_deref(), Some(Who::Approver.name()));

    citizen.rates(report, Rating::Unresolved, "Mưa một trận lại bong").await;
    citizen.works().await;
    assert_eq!(second.report(WORDS).await.state, ReportState::Reopened);
    answered(&handler, &approver, report, "Đã làm lại nền và vá lại").await;
    citizen.looks().await;
    citizen.rates(report, Rating::Satisfied, "").await;
    citizen.works().await;
    closed_with_every_step(second.report(WORDS).await);
}

async fn written_offline_and_sent_once(world: &World, citizen: &mut Person) -> ReportId {
    citizen.goes_offline().await;
    let before = citizen.network.counters();
    let command = citizen
        .writes_report(WORDS)
        .about("duong_sa")
        .with_photo(Shot::Phone)
        .with_photo(Shot::RotatedWithPosition)
        .with_photo(Shot::Rotated)
        .sends()
        .await;
    citizen.works().await;
    citizen.restarts().await;
    citizen.works().await;
    let while_off = citizen.network.counters();
    assert!(while_off.refused > before.refused, "the app did try");
    assert_eq!((while_off.connections, while_off.up), (before.connections, before.up));
    let waiting = citizen.item(command).await;
    assert_eq!((waiting.state, waiting.photos_total), ("queued", 3));
    assert!(world.reader(Who::Citizen).await.reports().await.is_empty());

    citizen.goes_online().await;
    citizen.works().await;
    let sent = citizen.item(command).await;
    assert_eq!((sent.state, sent.photos_sent, sent.percent), ("sent", 3, 100));
    let number = sent.report_number.expect("the receipt names the report");
    assert!(number.starts_with("TN-"), "{number}");
    assert!(sent.first_deadline.is_some());
    let posts = citizen.network.exchanges();
    let commands: Vec<_> = posts.iter().filter(|one| one.path == "/v1/commands").collect();
    assert_eq!(commands.len(), 1, "sent once");

    let there = world.reader(Who::Citizen).await.report(WORDS).await;
    assert_eq!((there.number.as_str(), there.state), (number.as_str(), ReportState::Received));
    assert!(there.photos.iter().all(|photo| photo.state == PhotoState::Received));
    there.id
}

async fn answered(handler: &Person, approver: &Person, report: ReportId, words: &str) {
    handler.looks().await;
    assert!(handler.report(report).await.acts.contains(&ActCode::Answer));
    handler.acts(report, ActRequest::Start).await;
    handler.answers(report, words, Shot::Mirrored).await;
    handler.works().await;
    approver.looks().await;
    approver.acts(report, ActRequest::Approve).await;
    approver.works().await;
}

fn closed_with_every_step(report: ReportDocument) {
    assert_eq!(report.state, ReportState::Closed);
    let acts: Vec<Act> = report.timeline.iter().map(|entry| entry.act).collect();
    let round = [Act::Start, Act::Answer, Act::Approve];
    let mut expected = vec![Act::Submit, Act::Assign];
    expected.extend(round);
    expected.push(Act::RateUnresolved);
    expected.extend(round);
    expected.push(Act::RateDone);
    assert_eq!(acts, expected);
}
