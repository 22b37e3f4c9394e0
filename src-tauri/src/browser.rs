//! The person's own browser: the only other program that is ever started, and only from here. The core has
//! compared the address with the one that the locality names; the window cannot ask for any.

use tauri::AppHandle;

/// Shows a page there. Answers whether it could be started.
#[cfg(desktop)]
pub fn open(_app: &AppHandle, address: &str) -> bool {
    tauri_plugin_opener::open_url(address, None::<&str>).is_ok()
}

/// Shows a page there. Answers whether it could be started.
#[cfg(mobile)]
pub fn open(app: &AppHandle, address: &str) -> bool {
    use tauri_plugin_opener::OpenerExt as _;
    app.opener().open_url(address, None::<&str>).is_ok()
}
