//! The account's phone, and a child's representative.

use citizen_core::identity::challenge::ChallengeView;
use citizen_core::identity::contact::ContactView;

use super::{Answer, Core};

#[tauri::command]
pub async fn contact_view(core: Core<'_>) -> Answer<ContactView> {
    core.contact_view().await
}

#[tauri::command]
pub async fn phone_change_start(core: Core<'_>, phone: String, password: String) -> Answer<ChallengeView> {
    core.phone_change_start(&phone, &password).await
}

#[tauri::command]
pub async fn phone_change_finish(core: Core<'_>, code: String) -> Answer<ContactView> {
    core.phone_change_finish(&code).await
}

#[tauri::command]
pub async fn representative_start(core: Core<'_>, phone: Option<String>) -> Answer<ChallengeView> {
    core.representative_start(phone.as_deref()).await
}

#[tauri::command]
pub async fn representative_finish(core: Core<'_>, code: String, wording: String) -> Answer<ContactView> {
    core.representative_finish(&code, &wording).await
}

#[tauri::command]
pub async fn representative_withdraw(core: Core<'_>) -> Answer<ContactView> {
    core.representative_withdraw().await
}
