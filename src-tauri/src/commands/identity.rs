//! Signing in and out, and what every screen needs to know.

use citizen_core::identity::view::SessionView;

use super::{Answer, Core};

#[tauri::command]
pub async fn session_view(core: Core<'_>) -> Answer<SessionView> {
    core.session_view().await
}

#[tauri::command]
pub async fn sign_in(core: Core<'_>, citizen_id: String, password: String) -> Answer<SessionView> {
    core.sign_in(&citizen_id, &password).await
}

#[tauri::command]
pub async fn sign_out(core: Core<'_>) -> Answer<SessionView> {
    core.sign_out().await
}

#[tauri::command]
pub async fn use_passphrase(core: Core<'_>, passphrase: String) -> Answer<SessionView> {
    core.use_passphrase(passphrase).await
}
