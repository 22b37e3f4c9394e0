//! Equal commands over the real door, all at once, on both databases.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test stops at the first surprise and says what it sees"
)]

use citizen_backend::db::testing::ENGINES;
use citizen_contract::command::{CommandBody, Credential, Envelope, Place, Rate, Rating, Submit};
use citizen_contract::ids::{CommandId, UnitId};
use citizen_contract::outcome::{CommandBatch, CommandOutcomes, Verdict};
use citizen_contract::problem::ProblemCode;
use citizen_tests::reader::Reader;
use citizen_tests::world::{IN_APRIL, TAN_DUONG, Who, World};
use futures::future::join_all;

fn text(number: u8, body: CommandBody) -> String {
    let envelope = Envelope {
        id: CommandId::from_parts(IN_APRIL, [number; 10]),
        credential: Credential::Account,
        after: None,
        expected_revision: None,
        created_at: IN_APRIL,
        attachments: Vec::new(),
        body,
    };
    serde_json::to_string(&envelope).unwrap_or_else(|error| panic!("{error}"))
}

fn report(words: &str) -> String {
    let unit_id = Some(UnitId(TAN_DUONG.to_owned()));
    let place = Place { unit_id, words: "gần đình làng".to_owned(), position: None };
    let category = "duong_sa".to_owned();
    text(1, CommandBody::Submit(Submit { category, words: words.to_owned(), place, public: true }))
}

async fn sent(reader: &Reader, text: &str) -> Verdict {
    let batch = CommandBatch { commands: vec![text.to_owned()] };
    let mut answer: CommandOutcomes = reader.post("/v1/commands", &batch).await;
    answer.outcomes.remove(0).verdict
}

async fn sent_twenty_times(reader: &Reader, text: &str) -> Verdict {
    let mut verdicts = join_all((0..20).map(|_| sent(reader, text))).await;
    let first = verdicts.remove(0);
    assert!(verdicts.iter().all(|verdict| *verdict == first), "equal commands, unequal outcomes");
    first
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_equal_commands_at_once_have_one_outcome_and_one_effect() {
    for engine in ENGINES {
        let world = World::on(engine).await;
        let reader = world.reader(Who::Citizen).await;
        let words = "Cột điện nghiêng ra đường";
        let accepted = sent_twenty_times(&reader, &report(words)).await;
        assert!(matches!(accepted, Verdict::Accepted { .. }), "{accepted:?}");
        let there = reader.report(words).await;
        assert_eq!(there.timeline.len(), 1);

        match sent(&reader, &report("Cột điện nghiêng vào nhà")).await {
            Verdict::Refused { problem } => {
                assert_eq!((problem.code, problem.status), (ProblemCode::CommandIdReused, 409));
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(sent(&reader, &report(words)).await, accepted, "the first bytes keep their receipt");

        let rate = Rate { report_id: there.id, rating: Rating::Satisfied, words: String::new() };
        let refused = sent_twenty_times(&reader, &text(2, CommandBody::Rate(rate))).await;
        match &refused {
            Verdict::Refused { problem } => assert_eq!(problem.code, ProblemCode::ActNotAllowed),
            other => panic!("{other:?}"),
        }
        assert_eq!(reader.reports().await.len(), 1);
    }
}
