//! The person's own browser: the only other program that is ever started, and only from here. The core has
//! compared the address with the one that the locality names; the window cannot ask for any.

/// Shows a page there. Answers whether it could be started.
#[cfg(desktop)]
pub fn open(address: &str) -> bool {
    tauri_plugin_opener::open_url(address, None::<&str>).is_ok()
}

/// A phone's app sleeps behind its browser, so that it must be woken by a deep link; until that is set
/// up, nothing is begun there.
#[cfg(mobile)]
pub fn open(_address: &str) -> bool {
    false
}
