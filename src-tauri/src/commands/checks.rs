//! Levels of identity: a card in an official's hand, and the national identification in the browser.

use citizen_core::app::{CardCheckView, VerifyView};
use citizen_core::identity::checks::CheckView;

use tauri::AppHandle;

use super::{Answer, Core};
use crate::browser;

#[tauri::command]
pub async fn verify_view(core: Core<'_>) -> Answer<VerifyView> {
    core.verify_view().await
}

#[tauri::command]
pub async fn card_check(
    core: Core<'_>,
    citizen_id: String,
    full_name: String,
    phone_digits: Option<String>,
    place: Option<String>,
) -> Answer<CardCheckView> {
    core.card_check(citizen_id, full_name, phone_digits, place).await
}

#[tauri::command]
pub async fn card_free(
    core: Core<'_>,
    citizen_id: String,
    full_name: String,
    phone_digits: Option<String>,
) -> Answer<CardCheckView> {
    core.card_free(citizen_id, full_name, phone_digits).await
}

/// Answers once the browser came back, or somebody gave up.
#[tauri::command]
pub async fn national_check(app: AppHandle, core: Core<'_>) -> Answer<CheckView> {
    let open = |address: &str| browser::open(&app, address);
    // A phone's app sleeps behind its browser, and is woken by a link.
    if cfg!(mobile) { core.national_check_by_link(open).await } else { core.national_check(open).await }
}

#[tauri::command]
pub async fn national_drop(core: Core<'_>) -> Answer<()> {
    core.national_drop();
    Ok(())
}
