//! What the law gives everybody over their own data, in real windows: seen, copied, agreed to, erased.

use citizen_tests::tour::Stage;
use citizen_tests::window::WindowError;

#[tokio::test(flavor = "multi_thread")]
async fn a_person_sees_takes_along_and_erases_what_is_kept_of_her() -> Result<(), WindowError> {
    let mut stage = Stage::set().await.chapter("rights");
    let phone = stage.newcomer_registers().await?;
    stage.newcomer_sees_her_data(&phone).await?;
    stage.newcomer_is_erased(&phone).await
}
