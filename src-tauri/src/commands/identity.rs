//! Registering, signing in and out, and what every screen needs to know.

use citizen_core::app::{AppError, RegisterStartView, SignInView};
use citizen_core::identity::card::CardView;
use citizen_core::identity::challenge::ChallengeView;
use citizen_core::identity::form::{RegisterCheck, RegisterForm};
use citizen_core::identity::view::SessionView;
use tauri::ipc::{InvokeBody, Request};

use super::{Answer, Core};

#[tauri::command]
pub async fn session_view(core: Core<'_>) -> Answer<SessionView> {
    core.session_view().await
}

/// The bytes of the picture are the body of the call; they are kept nowhere.
#[tauri::command]
pub async fn scan_card(core: Core<'_>, request: Request<'_>) -> Answer<CardView> {
    let InvokeBody::Raw(bytes) = request.body() else { return Err(AppError::Missing) };
    core.scan_card(bytes.clone()).await
}

#[tauri::command]
pub async fn register_check(core: Core<'_>, form: RegisterForm) -> Answer<RegisterCheck> {
    Ok(core.register_check(&form))
}

#[tauri::command]
pub async fn register_start(core: Core<'_>, form: RegisterForm) -> Answer<RegisterStartView> {
    core.register_start(form).await
}

#[tauri::command]
pub async fn register_finish(core: Core<'_>, code: String, password: String) -> Answer<SessionView> {
    core.register_finish(&code, &password).await
}

#[tauri::command]
pub async fn challenge_view(core: Core<'_>) -> Answer<Option<ChallengeView>> {
    Ok(core.challenge_view())
}

#[tauri::command]
pub async fn challenge_resend(core: Core<'_>) -> Answer<ChallengeView> {
    core.challenge_resend().await
}

#[tauri::command]
pub async fn challenge_drop(core: Core<'_>) -> Answer<()> {
    core.challenge_drop();
    Ok(())
}

#[tauri::command]
pub async fn sign_in(core: Core<'_>, citizen_id: String, password: String) -> Answer<SignInView> {
    core.sign_in(&citizen_id, &password).await
}

#[tauri::command]
pub async fn sign_in_finish(core: Core<'_>, code: String) -> Answer<SessionView> {
    core.sign_in_finish(&code).await
}

#[tauri::command]
pub async fn reset_start(core: Core<'_>, citizen_id: String, phone: String) -> Answer<ChallengeView> {
    core.reset_start(&citizen_id, &phone).await
}

#[tauri::command]
pub async fn reset_finish(core: Core<'_>, code: String, password: String) -> Answer<SessionView> {
    core.reset_finish(&code, &password).await
}

#[tauri::command]
pub async fn sign_out(core: Core<'_>) -> Answer<SessionView> {
    core.sign_out().await
}

#[tauri::command]
pub async fn key_store_retry(core: Core<'_>) -> Answer<SessionView> {
    core.key_store_retry().await
}

#[tauri::command]
pub async fn use_passphrase(core: Core<'_>, passphrase: String) -> Answer<SessionView> {
    core.use_passphrase(passphrase).await
}
