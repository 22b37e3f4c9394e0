//! The world stands: both databases, all people, the second client.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test stops at the first surprise and says what it sees"
)]

use std::sync::Arc;

use citizen_backend::db::testing::ENGINES;
use citizen_contract::query::QueueView;
use citizen_tests::reader::Reader;
use citizen_tests::world::{Office, Who, WorldClock};

#[tokio::test(flavor = "multi_thread")]
async fn everybody_signs_in_on_both_databases_and_sees_nothing_yet() {
    for engine in ENGINES {
        let office = Office::open(engine, Arc::new(WorldClock::default())).await;
        for who in [Who::Citizen, Who::SecondCitizen, Who::Intake, Who::Handler, Who::Approver] {
            let reader = Reader::sign_in(&office.url(), who.number(), who.password()).await;
            assert_eq!(reader.grant.account.display_name, who.name());
            assert!(reader.reports().await.is_empty());
        }
        let intake = Reader::sign_in(&office.url(), Who::Intake.number(), Who::Intake.password()).await;
        assert!(intake.queue(QueueView::ToTakeIn).await.items.is_empty());
    }
}
