//! The lock of the app.

use citizen_core::identity::view::SessionView;
use citizen_core::lock::PinCheck;

use super::{Answer, Core};

#[tauri::command]
pub async fn pin_check(core: Core<'_>, pin: String) -> Answer<PinCheck> {
    Ok(core.pin_check(&pin).await)
}

#[tauri::command]
pub async fn lock_set(core: Core<'_>, pin: String, current: Option<String>) -> Answer<SessionView> {
    core.lock_set(&pin, current.as_deref()).await
}

#[tauri::command]
pub async fn lock_remove(core: Core<'_>, pin: String) -> Answer<SessionView> {
    core.lock_remove(&pin).await
}

#[tauri::command]
pub async fn lock_open(core: Core<'_>, pin: String) -> Answer<SessionView> {
    core.lock_open(&pin).await
}

#[tauri::command]
pub async fn lock_after(core: Core<'_>, minutes: u32) -> Answer<SessionView> {
    core.lock_after(minutes).await
}

#[tauri::command]
pub async fn lock_now(core: Core<'_>) -> Answer<SessionView> {
    core.lock_now().await
}

#[tauri::command]
pub async fn person_active(core: Core<'_>) -> Answer<()> {
    core.person_active();
    core.staff_active().await;
    Ok(())
}
