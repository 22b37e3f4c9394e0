//! Links that the system hands to the app. What they say is read in the core.

use std::sync::{Arc, Mutex, PoisonError};

use citizen_core::app::App;
use tauri::{AppHandle, Manager as _, Url};

/// A link that started the app, until the core is there.
#[derive(Default)]
struct EarlyLink(Mutex<Option<String>>);

/// The system handed links over; the newest counts.
pub fn opened(app: &AppHandle, urls: &[Url]) {
    let Some(newest) = urls.last().map(ToString::to_string) else { return };
    if let Some(core) = app.try_state::<Arc<App>>() {
        return core.link_opened(&newest);
    }
    app.manage(EarlyLink::default());
    *app.state::<EarlyLink>().0.lock().unwrap_or_else(PoisonError::into_inner) = Some(newest);
}

/// Hands the link that started the app to the core, which has just been opened.
pub fn take_up(app: &AppHandle, core: &App) {
    let Some(early) = app.try_state::<EarlyLink>() else { return };
    if let Some(link) = early.0.lock().unwrap_or_else(PoisonError::into_inner).take() {
        core.link_opened(&link);
    }
}
