//! Notices of the system while the app is not in front. What is news, and its words, is the core's.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use citizen_core::app::App;
use citizen_core::events::CoreEvent;
use tauri::plugin::PermissionState;
use tauri::{AppHandle, Manager as _};
use tauri_plugin_notification::NotificationExt as _;
use tokio::sync::broadcast::error::RecvError;

/// A picture of the Android project.
const ICON: &str = "ic_notice";
/// One notice at a time: a newer one takes its place.
const THE_ONE: i32 = 1;

/// Whether the person looks at the app.
pub struct InFront(AtomicBool);

impl Default for InFront {
    fn default() -> Self {
        Self(AtomicBool::new(true))
    }
}

/// The person came, or went.
pub fn in_front(app: &AppHandle, yes: bool) {
    if let Some(state) = app.try_state::<InFront>() {
        state.0.store(yes, Ordering::Relaxed);
    }
}

/// Tells of news until the core is gone.
pub async fn tell(app: AppHandle, core: Arc<App>) {
    let mut heard = core.subscribe();
    loop {
        match heard.recv().await {
            Ok(CoreEvent::Documents) | Err(RecvError::Lagged(_)) => look(&app, &core).await,
            Ok(_) => {}
            Err(RecvError::Closed) => return,
        }
    }
}

async fn look(app: &AppHandle, core: &App) {
    let (Ok(Some(news)), Ok(settings)) = (core.news().await, core.settings_get().await) else { return };
    let looking = app.try_state::<InFront>().is_none_or(|state| state.0.load(Ordering::Relaxed));
    if looking || settings.notices != Some(true) {
        return;
    }
    let title = core.session_view().await.map(|view| view.app_name).unwrap_or_default();
    let notice = app.notification().builder().id(THE_ONE).title(title).icon(ICON).auto_cancel();
    if notice.body(news.line(settings.language)).show().is_err() {
        tracing::warn!("the system takes no notice");
    }
}

/// Asks the person, by the system's own question. Blocks until they have answered.
pub fn allowed(app: &AppHandle) -> bool {
    matches!(app.notification().request_permission(), Ok(PermissionState::Granted))
}
