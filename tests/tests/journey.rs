//! The first days of an account, in real windows: registered with a card, used on two phones.

use citizen_tests::tour::{Device, Glass, NEWCOMER_TYPED, Stage};
use citizen_tests::window::WindowError;
use citizen_tests::world::Who;

#[tokio::test(flavor = "multi_thread")]
async fn one_account_on_two_phones() -> Result<(), WindowError> {
    an_account(Glass::Usual).await
}

#[tokio::test(flavor = "multi_thread")]
async fn one_account_on_two_phones_on_small_screens() -> Result<(), WindowError> {
    an_account(Glass::Small).await
}

#[tokio::test(flavor = "multi_thread")]
async fn one_account_on_two_phones_with_twice_the_text() -> Result<(), WindowError> {
    an_account(Glass::TwiceTheText).await
}

async fn an_account(glass: Glass) -> Result<(), WindowError> {
    let mut stage = Stage::set(glass).await.chapter("identity");
    let phone = stage.newcomer_registers().await?;
    stage.newcomer_locks(&phone).await?;
    stage.newcomer_leaves(&phone).await?;
    let other = stage.newcomer_takes_another_phone().await?;
    stage.newcomer_is_told(&phone).await?;
    stage.newcomer_cuts_off(&phone, &other).await?;
    stage.newcomer_comes_back(&other).await?;
    other.close().await?;
    stage.newcomer_shows_her_card(&phone).await?;
    stage.newcomer_changes_number(&phone).await?;
    stage.newcomer_changes_pin(&phone).await?;
    stage.newcomer_sees_her_data(&phone).await?;
    phone.close().await?;
    stage.opens_undriven(Device::Phone).await?;
    stage.newcomer_is_erased().await?;
    stage.nothing_is_left_behind(Who::Newcomer, &NEWCOMER_TYPED);
    stage.everything_fitted();
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn two_officials_get_accounts() -> Result<(), WindowError> {
    two_officials(Glass::Usual).await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_officials_get_accounts_on_small_screens() -> Result<(), WindowError> {
    two_officials(Glass::Small).await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_officials_get_accounts_with_twice_the_text() -> Result<(), WindowError> {
    two_officials(Glass::TwiceTheText).await
}

async fn two_officials(glass: Glass) -> Result<(), WindowError> {
    let mut stage = Stage::set(glass).await.chapter("staff");
    let administrator = stage.administrator_imports().await?;
    let desk = stage.official_begins(&administrator).await?;
    stage.official_comes_back(&desk).await?;
    stage.administrator_reads_the_log(&administrator).await?;
    desk.close().await?;
    administrator.close().await?;
    stage.everything_fitted();
    Ok(())
}
