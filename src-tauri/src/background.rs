//! Sending while the app is closed, as far as the system of a phone grants it. What is sent and how is the
//! core's; here stands only who asks whom.

#[cfg(target_os = "android")]
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use citizen_core::app::App;
use tauri::async_runtime::{block_on, spawn};
use tauri::{AppHandle, Manager as _};
use tauri_plugin_background_flush::{BackgroundFlushExt as _, Open, Outcome, Stop, TURN};

#[cfg(target_os = "android")]
use crate::arguments::Arguments;

/// The systems end a run after some minutes, and not kindly.
const LONGEST: Duration = Duration::from_secs(120);

#[cfg(target_os = "android")]
tauri_plugin_background_flush::android_doors!(crate::background::flush_alone);

/// The app as a run finds it open.
struct OpenApp(Arc<App>);

impl Open for OpenApp {
    fn flush(&self, stop: &Stop) -> Outcome {
        block_on(async {
            tokio::select! {
                sent = self.0.sent_all() => told(sent.map(|()| false)),
                () = stop.asked() => Outcome::SomethingLeft,
                () = tokio::time::sleep(LONGEST) => Outcome::SomethingLeft,
            }
        })
    }
}

/// The app is open; runs that the system grants go through it from now on.
pub fn opened(core: &Arc<App>) {
    TURN.opened(Arc::new(OpenApp(core.clone())));
}

/// The app went out of sight: the system is asked for a run if anything waits.
pub fn left(app: &AppHandle) {
    let (Some(core), Ok(data_dir)) = (app.try_state::<Arc<App>>(), app.path().app_data_dir()) else { return };
    let (core, app) = (core.inner().clone(), app.clone());
    spawn(async move {
        let waits = core.anything_to_send().await.unwrap_or(true);
        let flush = app.background_flush();
        let asked = if waits { flush.schedule(&data_dir) } else { flush.cancel() };
        if asked.is_err() {
            tracing::warn!("the system takes no wish for a run in the background");
        }
    });
}

/// A run in a process that has no window: opens the files, sends, and closes them.
#[cfg(target_os = "android")]
pub fn flush_alone(data_dir: &Path, stop: &Stop) -> Outcome {
    crate::logs::start();
    let Ok(core) = crate::instance::open(&Arguments::default(), data_dir) else {
        return Outcome::SomethingLeft;
    };
    block_on(async {
        tokio::select! {
            left = core.flush() => told(left),
            () = stop.asked() => Outcome::SomethingLeft,
            () = tokio::time::sleep(LONGEST) => Outcome::SomethingLeft,
        }
    })
}

fn told<E>(left: Result<bool, E>) -> Outcome {
    match left {
        Ok(false) => Outcome::AllSent,
        Ok(true) | Err(_) => Outcome::SomethingLeft,
    }
}
