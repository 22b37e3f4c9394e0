//! What is kept of a person, in their hands: seen, copied, agreed to and withdrawn, corrected, erased.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test stops at the first surprise and says what it sees"
)]

use citizen_backend::db::testing::ENGINES;
use citizen_contract::my_data::{Correction, DataRequestKind, DataRequestState};
use citizen_core::app::{AppError, DataWish};
use citizen_core::identity::my_data::MyDataView;
use citizen_core::identity::view::SessionState;
use citizen_tests::world::{Person, Who, World};

fn wish(kind: DataRequestKind, words: &str) -> DataWish {
    DataWish { kind, words: words.to_owned(), correction: None, password: None }
}

async fn seen(person: &Person) -> MyDataView {
    person.app().my_data().await.unwrap()
}

async fn agrees(person: &Person, purpose: &str) -> (bool, bool) {
    let view = seen(person).await;
    let consent = view.consents.iter().find(|consent| consent.purpose == purpose).unwrap();
    (consent.given, consent.waiting)
}

fn code_of<T: std::fmt::Debug>(outcome: Result<T, AppError>) -> &'static str {
    outcome.unwrap_err().code()
}

/// Somebody who has registered here.
async fn registered(world: &World) -> Person {
    let phone = world.device(Who::Newcomer).await;
    phone.asks_to_register("0912 000 017").await.unwrap();
    phone.registers_with(&world.office.newest_code()).await.unwrap();
    phone.works().await;
    phone
}

#[tokio::test(flavor = "multi_thread")]
async fn consents_are_given_and_withdrawn_without_a_network_and_proved_by_receipts() {
    for engine in ENGINES {
        let world = World::on(engine).await;
        let person = registered(&world).await;
        let view = seen(&person).await;
        assert_eq!(
            (view.display_name.as_str(), view.given, view.consents.len()),
            (Who::Newcomer.name(), 1, 5)
        );
        assert_eq!(view.masked_phone.as_deref(), Some("••• ••• 017"));
        person.goes_offline().await;
        assert!(person.app().consent_set("contact".to_owned(), true).await.is_ok());
        assert_eq!(agrees(&person, "contact").await, (true, true), "it counts here at once");
        person.app().consent_set("contact".to_owned(), false).await.unwrap();
        assert_eq!(agrees(&person, "contact").await, (false, true));
        world.passes_ms(1_000);
        person.goes_online().await;
        person.works().await;
        person.looks().await;
        assert_eq!(agrees(&person, "contact").await, (false, false));
        let items = person.outbox().await;
        let states: Vec<&str> = items.iter().map(|item| item.state).collect();
        assert_eq!(states, ["sent", "sent"], "each has its receipt");
        assert!(items.iter().all(|item| item.kind == "consent.set" && item.report_id.is_none()));
        // The one without which there is no account ends with the account only.
        person.app().consent_set("account".to_owned(), false).await.unwrap();
        person.works().await;
        person.looks().await;
        assert_eq!(agrees(&person, "account").await, (true, false));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_is_saved_whole_or_not_at_all() {
    let world = World::on(ENGINES[0]).await;
    let person = registered(&world).await;
    let words = "Nắp cống trước trường bị vỡ";
    person.writes_report(words).sends().await;
    person.works().await;
    let folder = tempfile::tempdir().unwrap();
    let names = || {
        let mut names: Vec<String> = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    person.goes_offline().await;
    assert_eq!(code_of(person.app().data_export(folder.path().to_owned()).await), "offline");
    assert_eq!(names(), Vec::<String>::new());
    person.goes_online().await;
    let first = person.app().data_export(folder.path().to_owned()).await.unwrap();
    let second = person.app().data_export(folder.path().to_owned()).await.unwrap();
    assert_ne!(first.path, second.path, "nothing is written over");
    assert_eq!(names(), ["du-lieu-cua-toi-2024-04-05-2.zip", "du-lieu-cua-toi-2024-04-05.zip"]);
    let bytes = std::fs::read(&first.path).unwrap();
    assert_eq!(u64::try_from(bytes.len()).unwrap(), first.bytes);
    assert!(bytes.starts_with(b"PK") && !person.app().export_progress().running);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_is_asked_for_and_applied_within_the_office_s_clock() {
    for engine in ENGINES {
        let world = World::on(engine).await;
        let person = registered(&world).await;
        let office = world.person(Who::Intake).await;
        person.app().home_unit_set(Some(world.tan_duong())).await.unwrap();
        person.looks().await;
        assert_eq!(seen(&person).await.home_unit, Some(world.tan_duong()));
        let right =
            Correction { full_name: Some("Lương Thị Mẫu Mới".to_owned()), ..Correction::default() };
        let asked =
            DataWish { correction: Some(right), ..wish(DataRequestKind::Correct, "Thiếu một chữ") };
        person.app().data_ask(asked.clone()).await.unwrap();
        assert_eq!(code_of(person.app().data_ask(asked).await), "act-not-allowed", "one is open");
        person.looks().await;
        let view = seen(&person).await;
        // Two working days of eight hours.
        assert_eq!(view.requests[0].due.as_ref().unwrap().left_minutes, 960);
        let tasks = office.app().data_tasks().await.unwrap();
        assert_eq!((tasks.open, tasks.tasks[0].words.as_str()), (1, "Thiếu một chữ"));
        let id = tasks.tasks[0].request.id;
        assert_eq!(code_of(person.app().data_answer(id, true, String::new()).await), "forbidden");
        office.app().data_answer(id, true, "Đã sửa theo thẻ".to_owned()).await.unwrap();
        person.looks().await;
        let view = seen(&person).await;
        assert_eq!(view.display_name, "Lương Thị Mẫu Mới");
        assert_eq!(view.requests[0].state, DataRequestState::Done);
        assert_eq!(view.requests[0].answer.as_deref(), Some("Đã sửa theo thẻ"));
        assert_eq!(code_of(office.app().data_answer(id, false, "Muộn".to_owned()).await), "act-not-allowed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_account_is_told_of_on_its_phone_and_leaves_it() {
    for engine in ENGINES {
        let world = World::on(engine).await;
        let person = registered(&world).await;
        let office = world.person(Who::Intake).await;
        person.writes_report("Nắp cống trước trường bị vỡ").sends().await;
        person.works().await;
        let erase = |password: &str| DataWish {
            password: Some(password.to_owned()),
            ..wish(DataRequestKind::Erase, "")
        };
        assert_eq!(code_of(person.app().data_ask(erase("sai-mat-khau")).await), "invalid");
        person.app().data_ask(erase(Who::Newcomer.password())).await.unwrap();
        person.looks().await;
        // Taken back, and asked again.
        let first = seen(&person).await.requests[0].id;
        person.app().data_take_back(first).await.unwrap();
        person.app().data_ask(erase(Who::Newcomer.password())).await.unwrap();
        assert_eq!(code_of(person.app().account_forget().await), "not-found", "nothing is erased yet");
        let tasks = office.app().data_tasks().await.unwrap();
        let task = tasks.tasks.iter().find(|task| task.request.state == DataRequestState::Open).unwrap();
        office.app().data_answer(task.request.id, true, String::new()).await.unwrap();

        person.goes_offline().await;
        person.writes_report("Chưa kịp gửi").sends().await;
        person.goes_online().await;
        person.works().await;
        let view = person.app().session_view().await.unwrap();
        assert_eq!((view.state, view.erased, view.outbox_count), (SessionState::SessionOver, true, 1));
        let own = view.account.unwrap().id.to_string();
        let folder = person.folder().join("accounts").join(&own);
        assert!(folder.join("outbox.db").is_file(), "nothing goes before the person was told");
        let after = person.app().account_forget().await.unwrap();
        assert_eq!((after.state, after.account.is_none()), (SessionState::Guest, true));
        assert!(!folder.exists());
        assert_eq!(code_of(person.signs_in_as(Who::Newcomer).await), "wrong-credentials");
        // Somebody else on this phone finds a place of their own, and the same card may register anew.
        person.signs_in_as(Who::Citizen).await.unwrap();
        person.works().await;
        assert_eq!(seen(&person).await.display_name, Who::Citizen.name());
        world.passes_ms(3_600_000);
        let anew = registered(&world).await;
        assert_eq!(seen(&anew).await.reports, 0);
    }
}
