//! Who may do what, and the story of a report from the offices' side.

mod queue;

use citizen_contract::command::{Rating, Urgency};
use citizen_contract::ids::ReportId;
use citizen_contract::problem::ProblemCode as P;
use citizen_contract::profile::Step;
use citizen_contract::report_state::{Act, ReportState as S};
use citizen_contract::time::UtcMillis;

use crate::db::testing::each_engine;
use crate::testing::{CommandText, Person, World};

/// One command of each kind that an official or the sender may try on a report.
fn attempts(world: &World, report: ReportId) -> Vec<(Act, CommandText)> {
    let words = |kind| world.words(kind, report, "Nội dung.");
    vec![
        (Act::AddInformation, words("report.add_information")),
        (Act::RateDone, world.rate(report, Rating::Acceptable, "")),
        (Act::RateUnresolved, world.rate(report, Rating::Unresolved, "Vẫn ngập.")),
        (Act::Ask, words("report.ask")),
        (Act::Assign, world.assign(report, &world.commune)),
        (Act::Refuse, world.refusal(report)),
        (Act::Start, world.bare("report.start", report)),
        (Act::PassBack, words("report.pass_back")),
        (Act::Answer, words("report.answer")),
        (Act::Approve, world.bare("report.approve", report)),
        (Act::ReturnAnswer, words("report.return_answer")),
        (Act::Note, words("report.note")),
    ]
}

/// Whatever somebody may not ever do on a report is forbidden; to strangers the report does not exist.
#[tokio::test]
async fn everybody_does_only_what_their_role_allows() {
    each_engine(async |db| {
        let world = World::over(db).await;
        let report = world.assigned().await;
        let table: [(Person, &[Act]); 5] = [
            (Person::Citizen, &[Act::AddInformation, Act::RateDone, Act::RateUnresolved]),
            (Person::Officer, &[Act::Ask, Act::Assign, Act::Refuse, Act::Note]),
            (Person::Handler, &[Act::Start, Act::PassBack, Act::Answer, Act::Note]),
            (Person::Approver, &[Act::Approve, Act::ReturnAnswer, Act::Note]),
            (
                Person::Chief,
                &[Act::Start, Act::PassBack, Act::Answer, Act::Approve, Act::ReturnAnswer, Act::Note],
            ),
        ];
        for (person, may) in table {
            for (act, command) in attempts(&world, report) {
                if !may.contains(&act) {
                    assert_eq!(world.refuse(person, &command).await.code, P::Forbidden, "{person:?} {act:?}");
                }
            }
        }
        for person in [Person::Neighbour, Person::Elsewhere] {
            let missing = ReportId(world.fresh_id().0);
            for ((act, foreign), (_, none)) in attempts(&world, report).iter().zip(attempts(&world, missing))
            {
                let answers = (world.refuse(person, foreign).await, world.refuse(person, &none).await);
                assert_eq!(answers.0.code, P::NotFound, "{person:?} {act:?}");
                assert_eq!(answers.0, answers.1, "{person:?} {act:?}");
            }
            assert_eq!(world.view(person, report).await, None);
        }
        assert_eq!(world.view(Person::Officer, report).await.unwrap().revision, 2);
    })
    .await;
}

#[tokio::test]
async fn the_report_goes_from_the_citizen_to_a_rated_answer() {
    each_engine(async |db| {
        let world = World::over(db).await;
        let report = world.report().await;
        let acts = async |person| world.view(person, report).await.unwrap().acts;
        assert_eq!(acts(Person::Officer).await, [Act::Ask, Act::Assign, Act::Refuse, Act::Note]);
        world.accept(Person::Officer, &world.assign(report, &world.commune).on(1)).await;
        assert_eq!(acts(Person::Handler).await, [Act::Start, Act::PassBack, Act::Answer, Act::Note]);
        world.accept(Person::Handler, &world.bare("report.start", report).on(2)).await;
        world
            .accept(Person::Handler, &world.words("report.answer", report, "Đã khơi thông cống.").on(3))
            .await;

        let waiting = world.view(Person::Citizen, report).await.unwrap();
        assert_eq!((waiting.state, waiting.answer), (S::AwaitingApproval, None));
        let proposed = world.view(Person::Approver, report).await.unwrap();
        assert_eq!(proposed.answer.unwrap().published_at, None);

        world.accept(Person::Approver, &world.bare("report.approve", report).on(4)).await;
        let seen = world.view(Person::Citizen, report).await.unwrap();
        let answer = seen.answer.unwrap();
        assert_eq!(answer.words, "Đã khơi thông cống.");
        assert_eq!(answer.signed_by.as_deref(), Some(Person::Approver.name()));
        assert_eq!((answer.unit_id, answer.published_at), (world.commune.clone(), Some(world.now())));
        assert_eq!(seen.acts, [Act::RateDone, Act::RateUnresolved]);
        let steps: Vec<Act> = seen.timeline.iter().map(|entry| entry.act).collect();
        assert_eq!(steps, [Act::Submit, Act::Assign, Act::Start, Act::Answer, Act::Approve]);
        assert!(seen.notes.is_empty() && seen.timeline.iter().all(|entry| entry.by.is_none()));

        world
            .accept(Person::Citizen, &world.rate(report, Rating::Unresolved, "Mưa là lại ngập.").on(5))
            .await;
        let again = world.view(Person::Handler, report).await.unwrap();
        assert_eq!((again.state, again.rating.unwrap().words.as_str()), (S::Reopened, "Mưa là lại ngập."));
        world.accept(Person::Handler, &world.words("report.answer", report, "Đã thay ống lớn hơn.")).await;
        world.accept(Person::Approver, &world.words("report.return_answer", report, "Thêm ảnh nhé.")).await;
        let between = world.view(Person::Citizen, report).await.unwrap();
        assert_eq!(between.answer.unwrap().words, "Đã khơi thông cống.");
        world.accept(Person::Handler, &world.words("report.answer", report, "Đã thay ống, có ảnh.")).await;
        world.accept(Person::Approver, &world.bare("report.approve", report)).await;
        world.accept(Person::Citizen, &world.rate(report, Rating::Satisfied, "")).await;
        assert_eq!(world.view(Person::Citizen, report).await.unwrap().state, S::Closed);
    })
    .await;
}

#[tokio::test]
async fn nobody_approves_their_own_answer() {
    each_engine(async |db| {
        let world = World::over(db).await;
        let report = world.assigned().await;
        world.accept(Person::Chief, &world.words("report.answer", report, "Đã xong.")).await;
        assert_eq!(world.view(Person::Chief, report).await.unwrap().acts, [Act::Note]);
        for command in
            [world.bare("report.approve", report), world.words("report.return_answer", report, "…")]
        {
            assert_eq!(world.refuse(Person::Chief, &command).await.code, P::Forbidden);
        }
        world.accept(Person::Approver, &world.bare("report.approve", report)).await;
    })
    .await;
}

#[tokio::test]
async fn handlers_never_learn_who_sent_a_report_and_the_sender_never_reads_notes() {
    each_engine(async |db| {
        let world = World::over(db).await;
        let report = world.answered().await;
        world.accept(Person::Officer, &world.words("report.note", report, "Gọi lại cho bà con.")).await;
        let number = world.report().await;
        for person in [Person::Handler, Person::Approver, Person::Chief] {
            let seen = serde_json::to_string(&world.view(person, report).await.unwrap()).unwrap();
            assert!(!seen.contains(Person::Citizen.name()) && !seen.contains("masked_number"), "{seen}");
            assert!(!seen.contains(&Person::Citizen.account().to_string()), "{seen}");
            assert!(seen.contains("Gọi lại cho bà con."));
        }
        let office = world.view(Person::Officer, number).await.unwrap();
        assert_eq!(office.sender.unwrap().name, Person::Citizen.name());
        let mine = serde_json::to_string(&world.view(Person::Citizen, report).await.unwrap()).unwrap();
        assert!(!mine.contains("Gọi lại") && !mine.contains("Ưu tiên trước mùa mưa"), "{mine}");
        assert!(!mine.contains(Person::Handler.name()), "{mine}");
    })
    .await;
}

#[tokio::test]
async fn a_question_stops_the_clock_and_the_answer_starts_it_again() {
    each_engine(async |db| {
        let world = World::over(db).await;
        let report = world.report().await;
        let before = world.view(Person::Citizen, report).await.unwrap();
        world.accept(Person::Officer, &world.words("report.ask", report, "Ngõ 12 đường nào ạ?")).await;
        let asked = world.view(Person::Citizen, report).await.unwrap();
        let asked_at = world.now();
        assert_eq!((asked.state, asked.paused_since), (S::NeedsInformation, Some(asked_at)));
        assert_eq!(asked.question.unwrap().words, "Ngõ 12 đường nào ạ?");
        world.clock.advance_s(4 * 24 * 3600);
        let answer = world.words("report.add_information", report, "Đường Máng Nước.");
        world.accept(Person::Citizen, &answer).await;
        let answered = world.view(Person::Officer, report).await.unwrap();
        let profile = &world.backend.profile;
        let pace = profile.deadlines.allowance(answered.urgency, Step::TakeIn).pace();
        let left = |from: UtcMillis, until: UtcMillis| profile.calendar.spent(pace, from, until);
        assert_eq!(left(world.now(), answered.take_in_by), left(asked_at, before.take_in_by));
        assert_eq!((answered.state, answered.paused_since), (S::Received, None));
        assert!(answered.words.ends_with("Đường Máng Nước."));

        world.accept(Person::Officer, &world.words("report.ask", report, "Có ảnh không ạ?")).await;
        let paused = world.now();
        world.clock.advance_s(300 * 24 * 3600);
        world.accept(Person::Citizen, &world.words("report.add_information", report, "Không có.")).await;
        let days = i64::from(profile.thresholds.question_days);
        let longest = paused.plus_millis(days * 24 * 3600 * 1000);
        let late = world.view(Person::Officer, report).await.unwrap();
        assert_eq!(left(longest, late.take_in_by), left(paused, answered.take_in_by));
    })
    .await;
}

#[tokio::test]
async fn deadlines_follow_the_profiles_table_and_calendar() {
    each_engine(async |db| {
        let world = World::over(db).await;
        let report = world.assigned().await;
        let seen = world.view(Person::Citizen, report).await.unwrap();
        let profile = &world.backend.profile;
        let due =
            |urgency, step, from| profile.calendar.add(from, profile.deadlines.allowance(urgency, step));
        let category = profile.category(&seen.category).unwrap();
        assert_eq!(seen.take_in_by, due(category.default_urgency, Step::TakeIn, seen.submitted_at));
        assert_eq!(seen.answer_by, Some(due(Urgency::Normal, Step::Answer, world.now())));
        world.accept(Person::Handler, &world.words("report.pass_back", report, "Nhầm xã.")).await;
        let back = world.view(Person::Officer, report).await.unwrap();
        assert_eq!((back.state, back.handling_unit, back.answer_by), (S::Received, None, None));
        assert_eq!(back.take_in_by, due(Urgency::Normal, Step::TakeIn, world.now()));
        assert!(back.notes.iter().any(|note| note.words == "Nhầm xã."));
    })
    .await;
}

#[tokio::test]
async fn a_refusal_says_why_and_ends_the_report() {
    each_engine(async |db| {
        let world = World::over(db).await;
        let report = world.report().await;
        world.accept(Person::Officer, &world.refusal(report)).await;
        let seen = world.view(Person::Citizen, report).await.unwrap();
        assert_eq!((seen.state, seen.acts.as_slice()), (S::Refused, [].as_slice()));
        assert_eq!(seen.refusal.unwrap().words, "Nội dung này thuộc đơn khiếu nại.");
        let again = world.assign(report, &world.commune);
        assert_eq!(world.refuse(Person::Officer, &again).await.code, P::ActNotAllowed);
    })
    .await;
}
