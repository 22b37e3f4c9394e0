//! Every person with every act: allowed as the table says, and a report that somebody does not see
//! answers them like none.

use citizen_contract::command::Rating;
use citizen_contract::ids::ReportId;
use citizen_contract::outcome::Verdict;
use citizen_contract::problem::ProblemCode as P;
use citizen_contract::report_state::{Act, Actor};

use crate::auth::roles::may_ever;
use crate::db::Engine;
use crate::db::testing::Fresh;
use crate::testing::{CommandText, Person, World};

/// A report on which the act is allowed to somebody.
async fn ready_for(world: &World, act: Act) -> ReportId {
    match act {
        Act::AddInformation | Act::Ask | Act::Assign | Act::Refuse => world.report().await,
        Act::RateDone | Act::RateUnresolved => world.answered().await,
        Act::Approve | Act::ReturnAnswer => {
            let report = world.assigned().await;
            let answer = world.words("report.answer", report, "Đã khơi thông cống.");
            world.accept(Person::Handler, &answer).await;
            report
        }
        _ => world.assigned().await,
    }
}

fn command(world: &World, act: Act, report: ReportId) -> CommandText {
    match act {
        Act::AddInformation => world.words("report.add_information", report, "Gần trạm bơm"),
        Act::RateDone => world.rate(report, Rating::Satisfied, ""),
        Act::RateUnresolved => world.rate(report, Rating::Unresolved, "Vẫn ngập"),
        Act::Ask => world.words("report.ask", report, "Cột số mấy?"),
        Act::Assign => world.assign(report, &world.commune),
        Act::Start => world.bare("report.start", report),
        Act::PassBack => world.words("report.pass_back", report, "Không thuộc địa bàn xã."),
        Act::Note => world.words("report.note", report, "Ưu tiên"),
        Act::Answer => world.words("report.answer", report, "Đã khơi thông cống."),
        Act::Approve => world.bare("report.approve", report),
        Act::ReturnAnswer => world.words("report.return_answer", report, "Còn thiếu ảnh"),
        Act::Refuse => world.refusal(report),
        Act::Submit => world.submit(),
    }
}

/// In which capacities somebody stands to a report that the commune has.
fn capacities(person: Person) -> &'static [Actor] {
    match person {
        Person::Citizen => &[Actor::Sender],
        Person::Officer => &[Actor::Intake],
        Person::Handler => &[Actor::Handler],
        Person::Approver => &[Actor::Approver],
        Person::Chief => &[Actor::Handler, Actor::Approver],
        Person::Neighbour | Person::Elsewhere => &[],
    }
}

#[tokio::test]
async fn every_person_may_do_what_the_table_says_and_nothing_else() {
    let fresh = Fresh::new(Engine::Sqlite);
    let world = World::over(fresh.open()).await;
    for act in Act::ALL.into_iter().filter(|act| *act != Act::Submit) {
        for person in Person::ALL {
            let report = ready_for(&world, act).await;
            let sees = world.view(person, report).await.is_some();
            let allowed = sees && capacities(person).iter().any(|actor| may_ever(act, *actor));
            let what = format!("{person:?}: {act:?}");
            match world.send(person, &command(&world, act, report)).await.verdict {
                Verdict::Accepted { .. } => assert!(allowed, "{what} was let through"),
                Verdict::Refused { problem } if sees => {
                    assert!(!allowed, "{what}: {problem:?}");
                    assert_eq!(problem.code, P::Forbidden, "{what}");
                }
                Verdict::Refused { problem } => {
                    let missing = command(&world, act, world.fresh_id().into());
                    assert_eq!(problem, world.refuse(person, &missing).await, "{what}");
                    assert_eq!(problem.code, P::NotFound, "{what}");
                }
                other => panic!("{what}: {other:?}"),
            }
        }
    }
}
