//! What this system can do for the app, and the plugins that do it. Only phones have any.

use citizen_core::device::{DeviceView, Sends};
use tauri::{Builder, Runtime};

/// What this device can do.
#[must_use]
pub fn view() -> DeviceView {
    let phone = cfg!(mobile);
    DeviceView {
        scans: phone,
        locates: phone,
        buzzes: phone,
        shares: phone,
        notifies: phone,
        sends: if phone { Sends::WhenAllowed } else { Sends::WhenOpen },
    }
}

/// Registers what only phones have.
#[cfg(mobile)]
pub fn plugins<R: Runtime>(builder: Builder<R>) -> Builder<R> {
    builder
        .manage(crate::notices::InFront::default())
        .plugin(tauri_plugin_background_flush::init())
        .plugin(tauri_plugin_barcode_scanner::init())
        .plugin(tauri_plugin_geolocation::init())
        .plugin(tauri_plugin_haptics::init())
        .plugin(tauri_plugin_notification::init())
        .plugin(tauri_plugin_opener::init())
        .plugin(tauri_plugin_share_sheet::init())
}

/// A desktop needs none.
#[cfg(desktop)]
pub fn plugins<R: Runtime>(builder: Builder<R>) -> Builder<R> {
    builder
}
