//! Hands a text to the sheet by which a phone shares things. Only phones have one; the window of a desktop
//! has its own or none.
#![cfg(mobile)]

use tauri::plugin::{Builder, PluginHandle, TauriPlugin};
use tauri::{Manager as _, Runtime};

#[cfg(target_os = "ios")]
tauri::ios_plugin_binding!(init_plugin_share_sheet);

/// Keeps the system's side alive.
struct ShareSheet<R: Runtime> {
    /// The window calls it by its name.
    _handle: PluginHandle<R>,
}

/// The plugin. The window may call `share` with a `text`.
#[must_use]
pub fn init<R: Runtime>() -> TauriPlugin<R> {
    Builder::new("share-sheet")
        .setup(|app, api| {
            #[cfg(target_os = "android")]
            let handle =
                api.register_android_plugin("vn.gov.haiphong.thuynguyen.share", "ShareSheetPlugin")?;
            #[cfg(target_os = "ios")]
            let handle = api.register_ios_plugin(init_plugin_share_sheet)?;
            app.manage(ShareSheet { _handle: handle });
            Ok(())
        })
        .build()
}
