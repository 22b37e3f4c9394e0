//! What the device can do, and what it brought: the text of a card's code, a link.

use citizen_core::app::AppError;
use citizen_core::device::DeviceView;
use citizen_core::identity::card::CardView;
use citizen_core::links::LinkView;

use super::{Answer, Core};
use crate::device;

#[tauri::command]
pub async fn device_view() -> Answer<DeviceView> {
    Ok(device::view())
}

/// The code of a card, as the device's own scanner read it; it is kept nowhere.
#[tauri::command]
pub async fn read_card(core: Core<'_>, text: String) -> Answer<CardView> {
    core.read_card(&text)
}

/// Asks the person whether the device may show notices. Only phones have to be asked, and only they are.
#[tauri::command]
pub async fn notices_allow(app: tauri::AppHandle) -> Answer<bool> {
    #[cfg(mobile)]
    return Ok(tauri::async_runtime::spawn_blocking(move || crate::notices::allowed(&app))
        .await
        .unwrap_or_default());
    #[cfg(desktop)]
    {
        let _ = app;
        Ok(false)
    }
}

/// Nothing while nobody is there who may see what it names; it is asked for again then.
#[tauri::command]
pub async fn link_take(core: Core<'_>) -> Answer<Option<LinkView>> {
    match core.link_take().await {
        Err(AppError::SignedOut | AppError::Locked) => Ok(None),
        other => other,
    }
}
