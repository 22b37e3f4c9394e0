//! What the shell asks of the system.

use std::path::Path;

use serde::Serialize;
use tauri::plugin::mobile::PluginInvokeError;
use tauri::plugin::{Builder, PluginHandle, TauriPlugin};
use tauri::{Manager, Runtime};

#[cfg(target_os = "ios")]
tauri::ios_plugin_binding!(init_plugin_background_flush);

/// The system's promise to think of us.
pub struct BackgroundFlush<R: Runtime>(PluginHandle<R>);

/// What a run without a window has to know.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Schedule<'a> {
    data_dir: &'a Path,
}

impl<R: Runtime> BackgroundFlush<R> {
    /// Asks for one run with a network. A wish that was made before is replaced.
    ///
    /// # Errors
    /// The system's; then nothing is sent before the app is open again.
    pub fn schedule(&self, data_dir: &Path) -> Result<(), PluginInvokeError> {
        self.0.run_mobile_plugin("schedule", Schedule { data_dir })
    }

    /// Nothing waits any more.
    ///
    /// # Errors
    /// The system's, which is no harm: a run that finds nothing ends at once.
    pub fn cancel(&self) -> Result<(), PluginInvokeError> {
        self.0.run_mobile_plugin("cancel", ())
    }
}

/// Finds it in whatever has the app's state.
pub trait BackgroundFlushExt<R: Runtime> {
    /// The system's side.
    fn background_flush(&self) -> &BackgroundFlush<R>;
}

impl<R: Runtime, T: Manager<R>> BackgroundFlushExt<R> for T {
    fn background_flush(&self) -> &BackgroundFlush<R> {
        self.state::<BackgroundFlush<R>>().inner()
    }
}

/// The plugin. The window may call nothing of it.
#[must_use]
pub fn init<R: Runtime>() -> TauriPlugin<R> {
    Builder::new("background-flush")
        .setup(|app, api| {
            #[cfg(target_os = "android")]
            let handle =
                api.register_android_plugin("vn.gov.haiphong.thuynguyen.flush", "BackgroundFlushPlugin")?;
            #[cfg(target_os = "ios")]
            let handle = api.register_ios_plugin(init_plugin_background_flush)?;
            #[cfg(target_os = "ios")]
            ios::listen(&handle)?;
            app.manage(BackgroundFlush(handle));
            Ok(())
        })
        .build()
}

/// On iOS the whole app is begun; the system waits for its word that it is done.
#[cfg(target_os = "ios")]
mod ios {
    use serde::Serialize;
    use tauri::Runtime;
    use tauri::ipc::Channel;
    use tauri::plugin::PluginHandle;
    use tauri::plugin::mobile::PluginInvokeError;

    use crate::{Begun, Outcome, Stop, TURN};

    #[derive(Serialize)]
    struct Listen {
        channel: Channel,
    }

    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Done {
        all_sent: bool,
    }

    /// Hears each run that the system grants, and answers it.
    pub fn listen<R: Runtime>(handle: &PluginHandle<R>) -> Result<(), PluginInvokeError> {
        let answering = handle.clone();
        let channel = Channel::new(move |_granted| {
            let handle = answering.clone();
            tauri::async_runtime::spawn_blocking(move || {
                let outcome = match TURN.begin() {
                    Begun::With(app) => app.flush(&Stop::default()),
                    // Without a window there is nothing here that could send.
                    Begun::Alone(_) | Begun::NotNow => Outcome::SomethingLeft,
                };
                let done = Done { all_sent: outcome == Outcome::AllSent };
                // Whoever does not hear it ends the run by its own clock.
                let _ = handle.run_mobile_plugin::<()>("done", done);
            });
            Ok(())
        });
        handle.run_mobile_plugin("listen", Listen { channel })
    }
}
