//! What a thief of the app's folder, or a reader of any log, learns of the people on a phone: nothing.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test stops at the first surprise and says what it sees"
)]

use std::path::Path;

use citizen_contract::ids::{CommandId, ReportId};
use citizen_core::app::{ActRequest, AppError};
use citizen_core::identity::view::{SessionState, SessionView};
use citizen_core::reports::ReportsTab;
use citizen_tests::photos::Shot;
use citizen_tests::traces::{Log, Traces, copy, files_below};
use citizen_tests::world::{Person, Who, World};

const PHONE: &str = "0912 000 017";
const PIN: &str = "482916";
const WORDS: &str = "Ổ gà sâu trước cổng trường tiểu học, trời mưa là ngập";
const DRAFT: &str = "Loa kéo hát quá giờ ở nhà văn hóa thôn 5";
const OTHERS: &str = "Đèn đường tắt cả tuyến sau chợ Hoa Động";
const ANSWER: &str = "Xã đã vá nhựa mặt đường và nạo vét rãnh bên trái";
/// How every picture begins that this app writes.
const PICTURE: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF";
const DATABASE: &[u8] = b"SQLite format 3\0";

/// Everything that these people typed, and what they were told.
fn typed() -> Vec<&'static str> {
    let people = [Who::Newcomer, Who::SecondCitizen];
    let mut texts = vec![
        PHONE,
        "0912000017",
        "912000017",
        PIN,
        WORDS,
        "cổng trường",
        "trời mưa",
        DRAFT,
        "hát quá giờ",
        OTHERS,
        "tắt cả tuyến",
        ANSWER,
        "vá nhựa",
        "gần đình làng",
        "đình làng",
        "17/05/1992",
        "1992-05-17",
        "17051992",
    ];
    texts.extend(people.iter().flat_map(|who| [who.name(), who.number(), who.password()]));
    texts
}

fn traces() -> Traces {
    Traces::of(&typed()).and("a picture in clear", PICTURE).and("a database in clear", DATABASE)
}

/// Copies a phone's folder in each state, and looks through every copy.
struct Thief {
    copies: tempfile::TempDir,
    traces: Traces,
    taken: usize,
    files: usize,
}

impl Thief {
    fn new() -> Self {
        Self { copies: tempfile::tempdir().unwrap(), traces: traces(), taken: 0, files: 0 }
    }

    fn steals(&mut self, when: &str, folder: &Path) {
        let copied = self.copies.path().join(format!("{:02}", self.taken));
        copy(folder, &copied);
        self.taken += 1;
        self.files += files_below(&copied).len();
        assert_eq!(self.traces.in_folder(&copied), [], "{when}");
    }
}

/// One phone: somebody registers, locks, writes, reads the answer, is cut off, comes back, signs out;
/// somebody else signs in. After each step `then` looks at the phone.
async fn story(world: &World, then: &mut impl FnMut(&str, &Person)) -> Person {
    let mut phone = world.device(Who::Newcomer).await;
    phone.works().await;
    then("as a guest", &phone);
    phone.asks_to_register(PHONE).await.unwrap();
    then("while a code is waited for", &phone);
    phone.registers_with(&world.office.newest_code()).await.unwrap();
    phone.app().lock_set(PIN, None).await.unwrap();
    phone.works().await;
    then("registered", &phone);

    phone.goes_offline().await;
    phone.writes_report(DRAFT).with_photo(Shot::Rotated).keeps().await.unwrap();
    then("with a draft", &phone);
    let report = phone.writes_report(WORDS).with_photo(Shot::RotatedWithPosition).sends().await;
    phone.works().await;
    then("with a report that waits", &phone);
    phone.ends();
    then("closed", &phone);
    phone.starts().await;
    phone.app().lock_open(PIN).await.unwrap();
    phone.goes_online().await;
    phone.works().await;
    then("sent", &phone);
    answered(world, report.into()).await;
    phone.looks().await;
    assert!(phone.report(report.into()).await.answer.is_some(), "the answer is here");
    then("with the answer", &phone);

    phone.app().lock_now().await.unwrap();
    phone.app().lock_open("730518").await.unwrap_err();
    then("locked", &phone);
    phone.app().lock_open(PIN).await.unwrap();
    world.passes_ms(60_000);
    cut_off_from_elsewhere(world, &phone).await;
    then("cut off", &phone);
    comes_back(world, &phone).await;
    phone.app().sign_out().await.unwrap();
    phone.works().await;
    then("signed out", &phone);

    phone.signs_in_as(Who::SecondCitizen).await.unwrap();
    phone.writes_report(OTHERS).sends().await;
    phone.works().await;
    nothing_is_seen_of_the_first(&phone, report).await;
    then("with somebody else", &phone);
    phone.ends();
    then("left", &phone);
    phone
}

async fn answered(world: &World, report: ReportId) {
    let intake = world.person(Who::Intake).await;
    intake.report(report).await;
    intake.assigns(report, &world.tan_duong()).await;
    intake.works().await;
    let handler = world.person(Who::Handler).await;
    handler.acts(report, ActRequest::Start).await;
    handler.answers(report, ANSWER, Shot::Mirrored).await;
    handler.works().await;
    let approver = world.person(Who::Approver).await;
    approver.acts(report, ActRequest::Approve).await;
    approver.works().await;
}

async fn comes_back(world: &World, phone: &Person) {
    world.passes_ms(60_000);
    phone.signs_in_as(Who::Newcomer).await.unwrap();
    phone.app().sign_in_finish(&world.office.newest_code()).await.unwrap();
    phone.works().await;
}

async fn cut_off_from_elsewhere(world: &World, phone: &Person) {
    let other = world.device(Who::Newcomer).await;
    comes_back(world, &other).await;
    let listed = other.app().devices().await.unwrap().devices;
    let first = listed.iter().find(|row| !row.here).expect("the first phone");
    other.app().device_cut_off(first.id).await.unwrap();
    phone.looks().await;
    assert_eq!(view(phone).await.state, SessionState::SessionOver);
}

async fn view(phone: &Person) -> SessionView {
    phone.app().session_view().await.unwrap()
}

/// Every call of a screen that could show something of the person before.
async fn nothing_is_seen_of_the_first(phone: &Person, report: CommandId) {
    let app = phone.app();
    let mut shown = vec![
        serde_json::to_string(&view(phone).await).unwrap(),
        serde_json::to_string(&app.home_view().await.unwrap()).unwrap(),
        serde_json::to_string(&app.outbox_view().await.unwrap()).unwrap(),
        serde_json::to_string(&app.devices().await.unwrap()).unwrap(),
        serde_json::to_string(&app.set_aside().await.unwrap()).unwrap(),
    ];
    for tab in [ReportsTab::Open, ReportsTab::Done] {
        shown.push(serde_json::to_string(&app.reports_mine(tab).await.unwrap()).unwrap());
    }
    let first = Traces::of(&[Who::Newcomer.name(), Who::Newcomer.number(), WORDS, DRAFT, ANSWER, "vá nhựa"]);
    assert_eq!(first.in_bytes(shown.concat().as_bytes()), Vec::<String>::new());
    assert!(!view(phone).await.lock.expect("a lock").set, "the PIN was the first person's");
    let hidden: Result<_, AppError> = app.report_view(report.into()).await;
    assert_eq!(hidden.unwrap_err().code(), "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copied_folder_tells_nothing_in_any_state() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::in_folder(folder.path()).await;
    let mut thief = Thief::new();
    story(&world, &mut |when, phone| thief.steals(when, phone.folder())).await;
    assert!(thief.taken >= 13, "{} copies", thief.taken);
    assert!(thief.files > 100, "{} files", thief.files);

    // The office keeps the words in clear, so that looking for them there must find them.
    let found = thief.traces.in_folder(&world.office.folder());
    for text in [WORDS, ANSWER, OTHERS, "gần đình làng", Who::Newcomer.name(), "a picture", "a database"]
    {
        assert!(found.iter().any(|trace| trace.what.starts_with(text)), "{text} is to be found");
    }
    for text in [Who::Newcomer.number(), PHONE, "0912000017", "912000017", PIN, Who::Newcomer.password()] {
        let told: Vec<_> =
            found.iter().filter(|it| it.what.starts_with(text) && !it.file.ends_with("codes.log")).collect();
        assert!(told.is_empty(), "nor has the office that in clear: {told:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn logs_at_the_finest_level_tell_nothing() {
    let log = Log::everything();
    let world = World::on(citizen_backend::db::Engine::Sqlite).await;
    let phone = story(&world, &mut |_, _| {}).await;
    let bytes = log.bytes();
    let said = String::from_utf8_lossy(&bytes);
    for library in ["hyper_util", "citizen_core", "citizen_backend"] {
        assert!(said.contains(library), "{library} was heard");
    }
    let secrets = phone.keys.ever_kept();
    let mut words: Vec<String> = typed().into_iter().map(str::to_owned).collect();
    words.extend(secrets.iter().flat_map(|secret| tokens(secret)));
    words.extend(world.office.codes());
    assert!(words.len() > typed().len() + 10, "{} words", words.len());
    let found = Traces::of(&words).and("a picture in clear", PICTURE).in_bytes(&bytes);
    let lines = |what: &String| {
        let text = what.split(" (").next().unwrap_or_default();
        said.lines().find(|line| line.contains(text)).map(|line| line.chars().take(400).collect::<String>())
    };
    let told: Vec<_> = found.iter().map(|what| (what, lines(what))).collect();
    assert!(told.is_empty(), "{told:#?}");
}

/// The tokens in a kept session, or a token or key that was kept alone.
fn tokens(secret: &[u8]) -> Vec<String> {
    if let Ok(session) = serde_json::from_slice::<serde_json::Value>(secret) {
        let named = ["access_token", "refresh_token", "verifier", "salt"];
        return named.iter().filter_map(|name| Some(session[name].as_str()?.to_owned())).collect();
    }
    match std::str::from_utf8(secret) {
        Ok(text) => vec![text.to_owned()],
        Err(_) => vec![citizen_tests::traces::hexadecimal(secret)],
    }
}
