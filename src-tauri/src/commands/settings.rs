//! Settings of this device.

use citizen_core::app::SettingsView;

use super::{Answer, Core};

#[tauri::command]
pub async fn settings_get(core: Core<'_>) -> Answer<SettingsView> {
    core.settings_get().await
}

#[tauri::command]
pub async fn settings_set(core: Core<'_>, settings: SettingsView) -> Answer<SettingsView> {
    core.settings_set(settings).await
}
