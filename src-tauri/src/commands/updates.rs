//! Newer versions of the app itself.

use serde::Serialize;
use tauri::AppHandle;
use tauri::ipc::Channel;

use crate::updates::{self, UpdateError};

/// This version, and a newer one if there is one.
#[derive(Debug, Serialize)]
pub struct Versions {
    current: String,
    newer: Option<String>,
}

#[tauri::command]
pub async fn update_find(app: AppHandle) -> Versions {
    // Whoever is offline still reads which version this is.
    let newer = updates::find(&app).await.unwrap_or_else(|error| {
        tracing::info!(%error, "no answer to whether there is a newer version");
        None
    });
    Versions { current: app.package_info().version.to_string(), newer }
}

#[tauri::command]
pub async fn update_install(app: AppHandle, percent: Channel<u8>) -> Result<(), UpdateError> {
    updates::install(&app, percent).await
}
