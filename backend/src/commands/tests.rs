//! Every command counts once, and its outcome never changes.

mod roles;

use citizen_contract::command::Rating;
use citizen_contract::hash::ContentHash;
use citizen_contract::outcome::{Receipt, Verdict};
use citizen_contract::problem::ProblemCode as P;
use tokio::task::JoinSet;

use crate::db::testing::each_engine;
use crate::params;
use crate::testing::{Person, World};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_equal_commands_at_once_get_one_receipt_and_make_one_report() {
    each_engine(async |db| {
        let world = World::over(db).await;
        let command = world.submit();
        let mut sending = JoinSet::new();
        for _ in 0..20 {
            let (backend, reader, text) =
                (world.backend.clone(), world.reader(Person::Citizen), command.text.clone());
            sending.spawn(async move { super::accept(&backend, &reader, vec![text]).await });
        }
        let outcomes: Vec<String> =
            sending.join_all().await.iter().map(|outcome| serde_json::to_string(outcome).unwrap()).collect();
        assert!(outcomes[0].contains(r#""outcome":"accepted""#), "{}", outcomes[0]);
        assert!(outcomes.iter().all(|outcome| *outcome == outcomes[0]));
        let rows = |table: &'static str| {
            world.read(move |tx| {
                tx.query_one(&format!("SELECT COUNT(*) FROM {table}"), params![], |row| row.int(0))
            })
        };
        for table in ["reports", "report_events", "event_payloads", "command_outcomes"] {
            assert_eq!(rows(table).await, 1, "{table}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_receipt_is_signed_for_exactly_these_bytes() {
    each_engine(async |db| {
        let world = World::over(db).await;
        let command = world.submit();
        let Verdict::Accepted { receipt } = world.send(Person::Citizen, &command).await.verdict else {
            panic!("not accepted");
        };
        let keys = world.backend.signer.key_list().unwrap();
        let key = keys.find(&receipt.key_id).unwrap();
        let content = ContentHash::of(command.text.as_bytes());
        let opened = Receipt::open(&receipt, &key, command.id, &content).unwrap();
        assert_eq!(opened.report_id, Some(command.id.into()));
        assert_eq!(opened.report_number.as_deref(), Some("TN-000001"));
        assert_eq!((opened.revision, opened.received_at), (Some(1), world.now()));
        assert!(opened.first_deadline.unwrap() > world.now());
        let other = ContentHash::of(b"something else");
        assert!(Receipt::open(&receipt, &key, command.id, &other).is_err());
    })
    .await;
}

#[tokio::test]
async fn the_same_id_with_other_bytes_is_refused_and_changes_nothing() {
    each_engine(async |db| {
        let world = World::over(db).await;
        let command = world.submit();
        let first = world.send(Person::Citizen, &command).await;
        let mut forged = command.clone();
        forged.text = command.text.replace("ngõ 12", "ngõ 13");
        let problem = world.refuse(Person::Citizen, &forged).await;
        assert_eq!((problem.code, problem.status), (P::CommandIdReused, 409));
        assert_eq!(world.send(Person::Citizen, &command).await, first);
        // Another account's command with this id makes no second report of the same id.
        let problem = world.refuse(Person::Neighbour, &command).await;
        assert_eq!(problem.code, P::CommandIdReused);
        let report = world.view(Person::Citizen, command.id.into()).await.unwrap();
        assert!(report.words.contains("ngõ 12"));
    })
    .await;
}

#[tokio::test]
async fn a_refused_command_gets_the_same_refusal_even_when_it_would_be_accepted_now() {
    each_engine(async |db| {
        let world = World::over(db).await;
        let report = world.assigned().await;
        let early = world.bare("report.approve", report);
        let first = world.send(Person::Approver, &early).await;
        assert_eq!(world.refuse(Person::Approver, &early).await.code, P::ActNotAllowed);
        world.accept(Person::Handler, &world.words("report.answer", report, "Đã xong.")).await;
        assert_eq!(world.send(Person::Approver, &early).await, first);
        world.accept(Person::Approver, &world.bare("report.approve", report)).await;
    })
    .await;
}

#[tokio::test]
async fn a_command_waits_for_the_one_before_it() {
    each_engine(async |db| {
        let world = World::over(db).await;
        let submit = world.submit();
        let report = submit.id.into();
        let more = world.words("report.add_information", report, "Nước đã ngập vào sân.").after(&submit);
        let Verdict::Retry { problem, .. } = world.send(Person::Citizen, &more).await.verdict else {
            panic!("decided without the one before");
        };
        assert_eq!(problem.code, P::PredecessorUnknown);
        // Within a batch the commands on one report are decided in their order.
        let texts = vec![submit.text.clone(), more.text.clone()];
        let outcomes = super::accept(&world.backend, &world.reader(Person::Citizen), texts).await.outcomes;
        assert!(outcomes.iter().all(|outcome| matches!(outcome.verdict, Verdict::Accepted { .. })));
        assert_eq!(outcomes[1].command_id, Some(more.id));

        let refused = world.rate(report, Rating::Satisfied, "");
        assert_eq!(world.refuse(Person::Citizen, &refused).await.code, P::ActNotAllowed);
        let built = world.words("report.add_information", report, "Thêm nữa.").after(&refused);
        assert_eq!(world.refuse(Person::Citizen, &built).await.code, P::PredecessorRefused);
    })
    .await;
}

#[tokio::test]
async fn whoever_builds_on_an_old_revision_is_told_who_changed_what() {
    each_engine(async |db| {
        let world = World::over(db).await;
        let report = world.assigned().await;
        world.accept(Person::Handler, &world.bare("report.start", report).on(2)).await;
        let problem = world.refuse(Person::Officer, &world.assign(report, &world.other_commune).on(2)).await;
        assert_eq!((problem.code, problem.since.len()), (P::RevisionConflict, 1));
        assert_eq!(problem.since[0].by.as_deref(), Some(Person::Handler.name()));
        assert_eq!((problem.since[0].revision, problem.since[0].unit_id.as_ref()), (3, Some(&world.commune)));
        let late = world.words("report.add_information", report, "Ạ").on(1);
        let problem = world.refuse(Person::Citizen, &late).await;
        assert_eq!(problem.since.len(), 2);
        assert!(
            problem.since.iter().all(|entry| entry.by.is_none()),
            "an official's name reached the sender"
        );
    })
    .await;
}

#[tokio::test]
async fn notes_and_own_acts_are_no_conflict_but_the_future_is() {
    each_engine(async |db| {
        let world = World::over(db).await;
        let report = world.report().await;
        world.accept(Person::Officer, &world.words("report.note", report, "Gọi lại sau.")).await;
        let first = world.words("report.add_information", report, "Nước lên nhanh.").on(1);
        let second = world.words("report.add_information", report, "Đã vào nhà.").on(2).after(&first);
        assert_eq!(world.accept(Person::Citizen, &first).await.revision, Some(3));
        assert_eq!(world.accept(Person::Citizen, &second).await.revision, Some(4));
        let ahead = world.words("report.add_information", report, "Rút rồi.").on(9);
        let problem = world.refuse(Person::Citizen, &ahead).await;
        assert_eq!((problem.code, problem.since), (P::RevisionConflict, vec![]));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_under_its_id_if_it_has_one() {
    each_engine(async |db| {
        let world = World::over(db).await;
        let whole = world.submit();
        let send = |text: String| {
            let (backend, reader) = (world.backend.clone(), world.reader(Person::Citizen));
            async move { super::accept(&backend, &reader, vec![text]).await.outcomes.remove(0) }
        };
        for (text, code, has_id) in [
            ("không phải JSON".to_owned(), P::Malformed, false),
            (whole.text.replacen('{', r#"{"role":"admin","#, 1), P::Malformed, true),
            (world.submit().text.replace("report.submit", "report.burn"), P::UnknownKind, true),
            (world.submit().text.replace("ngõ", r"\u0000"), P::Invalid, true),
            (world.submit_words(&"dài ".repeat(20_000)).text, P::TooLarge, true),
            (world.submit_words("   ").text, P::WordsLength, true),
            (world.submit_words(&"a".repeat(5_001)).text, P::WordsLength, true),
            (world.submit().anonymous().text, P::Invalid, true),
        ] {
            let outcome = send(text.clone()).await;
            assert_eq!(outcome.command_id.is_some(), has_id);
            let Verdict::Refused { problem } = &outcome.verdict else { panic!("{outcome:?}") };
            assert_eq!(problem.code, code);
            assert_eq!(send(text).await, outcome);
        }
    })
    .await;
}
