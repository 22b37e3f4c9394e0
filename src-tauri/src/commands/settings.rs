//! Settings of this device.

use citizen_core::app::SettingsView;

use super::{Answer, Core};
use crate::text_size;

#[tauri::command]
pub async fn settings_get(core: Core<'_>) -> Answer<SettingsView> {
    core.settings_get().await
}

#[tauri::command]
pub async fn settings_set(core: Core<'_>, settings: SettingsView) -> Answer<SettingsView> {
    core.settings_set(settings).await
}

/// How much larger than usual the system wants text.
#[tauri::command]
pub async fn text_factor(window: tauri::WebviewWindow) -> Answer<f64> {
    Ok(text_size::factor(&window).await)
}
