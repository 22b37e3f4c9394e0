//! Documents come down to whom they concern, changes only.

use citizen_contract::documents::Document;
use citizen_contract::sync::{Content, Cursor};

use crate::db::testing::each_engine;
use crate::testing::{Person, World, cursors, reports};

#[tokio::test]
async fn a_report_comes_down_to_its_sender_and_to_nobody_else() {
    each_engine(async |db| {
        let world = World::over(db).await;
        let report = world.report().await;
        let (mine, _) = reports(&world.sync(Some(Person::Citizen), vec![]).await);
        assert_eq!(mine.iter().map(|report| report.id).collect::<Vec<_>>(), [report]);
        assert!(mine[0].mine && mine[0].number == "TN-000001");
        for person in [Person::Neighbour, Person::Handler, Person::Officer] {
            let answer = world.sync(Some(person), vec![]).await;
            assert_eq!(reports(&answer).0, [], "{person:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn without_a_session_only_public_feeds_are_read() {
    each_engine(async |db| {
        let world = World::over(db).await;
        world.report().await;
        let stolen = Cursor {
            feed: format!("account:{}", Person::Citizen.account()),
            epoch: "first".to_owned(),
            after: 0,
        };
        let answer = world.sync(None, vec![stolen]).await;
        assert_eq!(answer.subscriptions.iter().collect::<Vec<_>>(), ["public:all"]);
        assert_eq!(answer.feeds.len(), 1);
        let [change] = answer.feeds[0].changes.as_slice() else { panic!("{answer:?}") };
        assert!(matches!(&change.content, Content::Here(Document::Catalogue(_))));
    })
    .await;
}

#[tokio::test]
async fn the_second_sync_carries_only_what_changed() {
    each_engine(async |db| {
        let world = World::over(db).await;
        world.report().await;
        let second = world.report().await;
        let first = world.sync(Some(Person::Citizen), vec![]).await;
        assert!(first.feeds.iter().all(|feed| feed.reset && feed.complete));
        let quiet = world.sync(Some(Person::Citizen), cursors(&first)).await;
        assert_eq!(quiet.feeds, []);
        world.accept(Person::Officer, &world.assign(second, &world.commune)).await;
        let moved = world.sync(Some(Person::Citizen), cursors(&first)).await;
        let (changed, _) = reports(&moved);
        assert_eq!(
            changed.iter().map(|report| (report.id, report.revision)).collect::<Vec<_>>(),
            [(second, 2)]
        );
        assert!(!moved.feeds[0].reset);
    })
    .await;
}

#[tokio::test]
async fn the_catalogue_comes_again_only_when_it_changed() {
    each_engine(async |db| {
        let world = World::over(db).await;
        let first = world.sync(None, vec![]).await;
        let mut catalogue = world.backend.profile.catalogue();
        let same = catalogue.clone();
        assert!(world.write(move |tx| crate::places::import::import(tx, &same)).await.is_empty());
        catalogue.categories.truncate(1);
        let nudges = world.write(move |tx| crate::places::import::import(tx, &catalogue)).await;
        assert_eq!(nudges.len(), 1);
        let next = world.sync(None, cursors(&first)).await;
        let [change] = next.feeds[0].changes.as_slice() else { panic!("{next:?}") };
        let Content::Here(Document::Catalogue(body)) = &change.content else { panic!("{change:?}") };
        assert_eq!((change.revision, body.categories.len()), (2, 1));
    })
    .await;
}

#[tokio::test]
async fn a_unit_that_gives_a_report_back_or_loses_it_is_told_that_it_is_gone() {
    each_engine(async |db| {
        let world = World::over(db).await;
        let report = world.assigned().await;
        let held = world.sync(Some(Person::Handler), vec![]).await;
        assert_eq!(reports(&held).0.len(), 1);
        world.accept(Person::Officer, &world.assign(report, &world.other_commune)).await;
        let after = world.sync(Some(Person::Handler), cursors(&held)).await;
        assert_eq!(reports(&after), (vec![], vec![report.to_string()]));
        assert_eq!(reports(&world.sync(Some(Person::Elsewhere), vec![]).await).0.len(), 1);

        let held = world.sync(Some(Person::Elsewhere), vec![]).await;
        let back = world.words("report.pass_back", report, "Không thuộc địa bàn xã.");
        world.accept(Person::Elsewhere, &back).await;
        let after = world.sync(Some(Person::Elsewhere), cursors(&held)).await;
        assert_eq!(reports(&after), (vec![], vec![report.to_string()]));
    })
    .await;
}
