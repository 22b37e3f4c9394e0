//! Submitting, photos, and what strangers find out.

use citizen_contract::command::{CommandBody, Place, Position, Submit};
use citizen_contract::documents::{PhotoRole, PhotoState};
use citizen_contract::ids::UnitId;
use citizen_contract::problem::ProblemCode as P;
use citizen_contract::sync::Nudge;

use super::photo::{declared, readable, received};
use crate::db::testing::each_engine;
use crate::testing::{CommandText, Person, World, cursors, reports};
use crate::verify;

fn submit(world: &World, change: impl Fn(&mut Submit)) -> CommandText {
    let category = world.backend.profile.categories.first().unwrap().code.clone();
    let place = Place { unit_id: Some(world.commune.clone()), words: String::new(), position: None };
    let mut body = Submit { category, words: "Cột đèn gãy".to_owned(), place, public: false };
    change(&mut body);
    world.command(CommandBody::Submit(body))
}

#[tokio::test]
async fn a_report_that_cannot_be_taken_says_which_field_is_to_blame() {
    each_engine(async |db| {
        let world = World::over(db).await;
        let photo = world.photo(b"x");
        let many = usize::from(world.backend.profile.photos.max_count) + 1;
        let with = |photos| submit(&world, |_| {}).with(photos);
        for (command, code, field) in [
            (submit(&world, |body| body.category = "khong-co".into()), P::UnknownCategory, "/body/category"),
            (
                submit(&world, |body| body.place.unit_id = Some(UnitId("u0".into()))),
                P::UnknownUnit,
                "/body/place/unit_id",
            ),
            (submit(&world, |body| body.place.unit_id = None), P::Invalid, "/body/place"),
            (
                submit(&world, |body| {
                    body.place.position = Some(Position { lat_e7: 900_000_001, lon_e7: 0, accuracy_m: None });
                }),
                P::Invalid,
                "/body/place/position",
            ),
            (with((0..many).map(|_| world.photo(b"x")).collect()), P::Invalid, "/attachments"),
            (with(vec![photo.clone(), photo.clone()]), P::Invalid, "/attachments/1/id"),
            (
                with(vec![citizen_contract::command::AttachmentDeclaration {
                    media_type: "image/svg+xml".into(),
                    ..photo.clone()
                }]),
                P::UnsupportedMedia,
                "/attachments/0/media_type",
            ),
        ] {
            let problem = world.refuse(Person::Citizen, &command).await;
            assert_eq!((problem.code, problem.field.as_deref()), (code, Some(field)));
        }
        assert_eq!(reports(&world.sync(Some(Person::Citizen), vec![]).await).0, []);
    })
    .await;
}

#[tokio::test]
async fn two_equal_photos_in_one_report_are_two_photos() {
    each_engine(async |db| {
        let world = World::over(db).await;
        let (one, two) = (world.photo(b"the same bytes"), world.photo(b"the same bytes"));
        let command = world.submit().with(vec![one.clone(), two.clone()]);
        let report = world.accept(Person::Citizen, &command).await.report_id.unwrap();
        let seen = world.view(Person::Citizen, report).await.unwrap();
        let photos: Vec<_> = seen.photos.iter().map(|photo| (photo.id, photo.role, photo.state)).collect();
        let awaited =
            |photo: citizen_contract::ids::AttachmentId| (photo, PhotoRole::Before, PhotoState::Awaited);
        assert_eq!(photos, [awaited(one.id), awaited(two.id)]);
    })
    .await;
}

#[tokio::test]
async fn nobody_attaches_or_uploads_another_ones_photo() {
    each_engine(async |db| {
        let world = World::over(db).await;
        let photo = world.photo(b"x");
        let command = world.submit().with(vec![photo.clone()]);
        world.accept(Person::Citizen, &command).await;
        let theft = world.submit().with(vec![photo.clone()]);
        let problem = world.refuse(Person::Neighbour, &theft).await;
        assert_eq!((problem.code, problem.field.as_deref()), (P::NotFound, Some("/attachments/0/id")));
        for (person, of, may) in [
            (Person::Citizen, command.id, true),
            (Person::Neighbour, command.id, false),
            (Person::Citizen, theft.id, false),
        ] {
            let found = world.read(move |tx| declared(tx, person.account(), of, photo.id)).await;
            assert_eq!(found.is_some(), may, "{person:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_photo_that_arrives_is_an_event_but_no_revision() {
    each_engine(async |db| {
        let world = World::over(db).await;
        let photo = world.photo(b"x");
        let command = world.submit().with(vec![photo.clone()]);
        let report = world.accept(Person::Citizen, &command).await.report_id.unwrap();
        let before = world.sync(Some(Person::Citizen), vec![]).await;
        let (id, now) = (photo.id, world.now());
        let nudges = world.write(move |tx| received(tx, id, PhotoState::Received, now)).await;
        assert_eq!(nudges.len(), 2);
        assert!(nudges.contains(&Nudge::Queue));
        let again = world.write(move |tx| received(tx, id, PhotoState::Unreadable, now)).await;
        assert_eq!(again, [], "a photo arrives once");
        let (moved, _) = reports(&world.sync(Some(Person::Citizen), cursors(&before)).await);
        assert_eq!((moved[0].revision, moved[0].photos[0].state), (1, PhotoState::Received));
        world.accept(Person::Officer, &world.assign(report, &world.commune).on(1)).await;
        let keys = world.backend.signer.key_list().unwrap();
        let verified = verify::run(&world.backend.db, &keys).await.unwrap();
        assert_eq!((verified.events, verified.is_sound()), (3, true));
    })
    .await;
}

#[tokio::test]
async fn photos_of_an_answer_are_seen_with_the_answer() {
    each_engine(async |db| {
        let world = World::over(db).await;
        let before = world.photo(b"before");
        let command = world.submit().with(vec![before.clone()]);
        let report = world.accept(Person::Citizen, &command).await.report_id.unwrap();
        world.accept(Person::Officer, &world.assign(report, &world.commune)).await;
        let after = world.photo(b"after");
        let answer = world.words("report.answer", report, "Đã thay đèn.").with(vec![after.clone()]);
        world.accept(Person::Handler, &answer).await;
        let sees = async |person: Person, photo: citizen_contract::ids::AttachmentId| {
            let reader = world.reader(person);
            world.read(move |tx| readable(tx, &reader, photo)).await.is_some()
        };
        let listed = async |person| world.view(person, report).await.unwrap().photos.len();
        for (person, first, second) in [
            (Person::Citizen, true, false),
            (Person::Officer, true, true),
            (Person::Approver, true, true),
            (Person::Neighbour, false, false),
            (Person::Elsewhere, false, false),
        ] {
            assert_eq!(
                (sees(person, before.id).await, sees(person, after.id).await),
                (first, second),
                "{person:?}"
            );
        }
        assert_eq!((listed(Person::Citizen).await, listed(Person::Approver).await), (1, 2));
        world.accept(Person::Approver, &world.bare("report.approve", report)).await;
        assert!(sees(Person::Citizen, after.id).await);
        let roles: Vec<_> = world.view(Person::Citizen, report).await.unwrap().photos;
        assert_eq!(roles[1].role, PhotoRole::After);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_reports_at_once_all_get_their_own_number() {
    each_engine(async |db| {
        let world = World::over(db).await;
        let people = [Person::Citizen, Person::Neighbour, Person::Handler, Person::Elsewhere];
        let mut sending = tokio::task::JoinSet::new();
        for place in 0..40 {
            let (backend, text) = (world.backend.clone(), world.submit().text);
            let reader = world.reader(people[place % people.len()]);
            sending.spawn(async move {
                let mut tries = 0;
                loop {
                    let outcomes =
                        crate::commands::accept(&backend, &reader, vec![text.clone()]).await.outcomes;
                    match &outcomes[0].verdict {
                        citizen_contract::outcome::Verdict::Accepted { receipt } => {
                            let receipt: citizen_contract::outcome::Receipt =
                                serde_json::from_str(&receipt.payload).unwrap();
                            return (receipt.report_number.unwrap(), tries);
                        }
                        citizen_contract::outcome::Verdict::Retry { .. } => tries += 1,
                        refused => panic!("{refused:?}"),
                    }
                }
            });
        }
        let done = sending.join_all().await;
        let numbers: std::collections::BTreeSet<_> = done.iter().map(|(number, _)| number.clone()).collect();
        assert_eq!(numbers.len(), 40);
        let tries: u32 = done.iter().map(|(_, tries)| tries).sum();
        assert_eq!(tries, 0, "reports of different people got into each other's way");
    })
    .await;
}
