//! The story of one report, in real windows: `cargo xtask demo --tour` runs this too.

use citizen_contract::report_state::ReportState;
use citizen_tests::tour::{Glass, Stage};
use citizen_tests::window::WindowError;
use citizen_tests::world::Who;

#[tokio::test(flavor = "multi_thread")]
async fn one_report_all_the_way() -> Result<(), WindowError> {
    all_the_way(Glass::Usual).await
}

#[tokio::test(flavor = "multi_thread")]
async fn one_report_on_small_screens() -> Result<(), WindowError> {
    all_the_way(Glass::Small).await
}

#[tokio::test(flavor = "multi_thread")]
async fn one_report_with_twice_the_text() -> Result<(), WindowError> {
    all_the_way(Glass::TwiceTheText).await
}

async fn all_the_way(glass: Glass) -> Result<(), WindowError> {
    let mut stage = Stage::set(glass).await;
    let intake = stage.intake_opens().await?;
    let phone = stage.citizen_signs_in().await?;
    let phone = stage.citizen_writes_offline(phone).await?;
    let phone = stage.citizen_sends_offline(phone).await?;
    let number = stage.network_returns(&phone).await?;
    let other = stage.citizen_sends_another(&phone).await?;
    stage.citizen_opens_report(&phone, &number).await?;
    stage.intake_assigns(&intake, &number).await?;
    stage.intake_assigns_another(&intake, &other).await?;

    let handler = stage.handler_opens().await?;
    stage.two_officials_meet(&handler, &intake, &number, &other).await?;
    stage.handler_works_offline(&handler, &number).await?;
    handler.close().await?;
    stage.approver_approves(&number).await?;
    stage.citizen_rates(&phone, "unresolved").await?;
    stage.server_says(ReportState::Reopened).await?;

    stage.handler_answers(&number, 5).await?;
    stage.approver_approves(&number).await?;
    stage.citizen_rates(&phone, "satisfied").await?;
    let closed = stage.server_says(ReportState::Closed).await?;
    assert_eq!(closed.rating.map(|rating| rating.words), Some(String::new()));
    phone.reads("status", "Đã xử lý xong").await?;
    stage.picture(&phone, "closed").await?;
    stage.looks(&phone, &intake, &number).await?;
    stage.nothing_is_left_behind(Who::Citizen, &[]);
    stage.everything_fitted();
    Ok(())
}
