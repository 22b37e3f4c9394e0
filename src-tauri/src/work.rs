//! What runs beside the window: the core's worker and the events for the window.

use std::sync::{Arc, Mutex};

use citizen_core::app::App;
use tauri::async_runtime::{JoinHandle, block_on, spawn};
use tauri::{AppHandle, Manager as _};

use crate::events;

/// The tasks, from the opening of the window to its end.
pub struct Work(Mutex<Vec<JoinHandle<()>>>);

impl Work {
    /// Begins to send, to fetch and to tell the window.
    pub fn begin(app: &AppHandle, core: &Arc<App>) -> Self {
        let heard = core.subscribe();
        let worker = core.clone();
        let tasks = vec![
            spawn(async move { worker.run().await }),
            spawn(events::forward(app.clone(), heard)),
            #[cfg(mobile)]
            spawn(crate::notices::tell(app.clone(), core.clone())),
        ];
        Self(Mutex::new(tasks))
    }

    /// Ends them and waits until they have let go. What was on its way is sent again at the next
    /// start; what the core has begun to write, it finishes.
    pub fn end(&self) {
        let tasks = self.0.lock().map(|mut tasks| std::mem::take(&mut *tasks)).unwrap_or_default();
        for task in tasks {
            task.abort();
            // The only news here is that the task was aborted, as it should be.
            let _ = block_on(task);
        }
    }
}

/// The person came back to the window: it may be locked by now, and whatever waits may try.
pub fn came_back(app: &AppHandle) {
    // The system says "resumed" once before the setup has run.
    let Some(core) = app.try_state::<Arc<App>>().map(|core| core.inner().clone()) else { return };
    spawn(async move {
        if let Err(error) = core.foreground().await {
            tracing::warn!(code = error.code(), "waking the worker failed");
        }
    });
}

/// The window is no longer in front of the person: soon it locks.
pub fn left(app: &AppHandle) {
    if let Some(core) = app.try_state::<Arc<App>>() {
        core.background();
    }
}

/// On a desktop a window beside others is still in front; one that was put away is not.
#[cfg(desktop)]
pub fn left_if_put_away(app: &AppHandle) {
    let window = app.get_webview_window(crate::window::LABEL);
    if window.is_some_and(|window| window.is_minimized().unwrap_or(false)) {
        left(app);
    }
}
