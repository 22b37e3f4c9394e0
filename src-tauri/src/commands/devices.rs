//! The devices of the account.

use citizen_contract::ids::DeviceId;
use citizen_core::identity::devices::DevicesView;

use super::{Answer, Core};

#[tauri::command]
pub async fn devices(core: Core<'_>) -> Answer<DevicesView> {
    core.devices().await
}

#[tauri::command]
pub async fn device_cut_off(core: Core<'_>, id: DeviceId) -> Answer<DevicesView> {
    core.device_cut_off(id).await
}

#[tauri::command]
pub async fn devices_seen(core: Core<'_>) -> Answer<()> {
    core.devices_seen().await
}
