//! Newer versions on a desktop. A release names in its configuration where they are announced and which
//! key must have signed them; a build without that knows of none. Phones get theirs from their store.

use serde::Serialize;
use tauri::ipc::Channel;
use tauri::{AppHandle, Runtime};

/// Why there is no new version now.
#[derive(Debug, thiserror::Error)]
#[cfg_attr(mobile, expect(dead_code, reason = "a phone never tries, so nothing goes wrong"))]
pub enum UpdateError {
    /// It was not reached, or not whole.
    #[error("the new version could not be fetched: {0}")]
    Fetch(String),
    /// It is not signed by the publisher, or could not be put in its place.
    #[error("the new version was not installed: {0}")]
    Install(String),
}

impl UpdateError {
    /// The short code that screens act on.
    fn code(&self) -> &'static str {
        match self {
            Self::Fetch(_) => "update-not-fetched",
            Self::Install(_) => "update-not-installed",
        }
    }
}

impl Serialize for UpdateError {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Told {
            code: &'static str,
        }
        Told { code: self.code() }.serialize(serializer)
    }
}

/// The newest version, if it is newer than this one.
///
/// # Errors
/// [`UpdateError::Fetch`] if the announcement cannot be read.
#[cfg(desktop)]
pub async fn find<R: Runtime>(app: &AppHandle<R>) -> Result<Option<String>, UpdateError> {
    Ok(newest(app).await?.map(|update| update.version))
}

/// Fetches and installs it, telling the whole percents on the way; then the app begins anew.
///
/// # Errors
/// [`UpdateError`]; this version stays as it is.
#[cfg(desktop)]
pub async fn install<R: Runtime>(app: &AppHandle<R>, percent: Channel<u8>) -> Result<(), UpdateError> {
    let Some(update) = newest(app).await? else { return Ok(()) };
    let mut come: u64 = 0;
    let tell = move |chunk: usize, all: Option<u64>| {
        come = come.saturating_add(chunk as u64);
        let whole = all.filter(|all| *all > 0).map_or(0, |all| come.saturating_mul(100) / all);
        // A window that closed meanwhile hears nothing.
        let _heard = percent.send(u8::try_from(whole.min(100)).unwrap_or(100));
    };
    let bytes = update.download(tell, || ()).await.map_err(failed)?;
    update.install(bytes).map_err(|error| UpdateError::Install(error.to_string()))?;
    // On Windows the installer has ended this process by now.
    app.restart();
}

#[cfg(desktop)]
async fn newest<R: Runtime>(app: &AppHandle<R>) -> Result<Option<tauri_plugin_updater::Update>, UpdateError> {
    use tauri_plugin_updater::UpdaterExt as _;
    if !configured(app.config()) {
        return Ok(None);
    }
    app.updater().map_err(failed)?.check().await.map_err(failed)
}

#[cfg(desktop)]
fn failed(error: tauri_plugin_updater::Error) -> UpdateError {
    use tauri_plugin_updater::Error;
    match error {
        Error::Minisign(_)
        | Error::Base64(_)
        | Error::SignatureUtf8(_)
        | Error::SignedVersionMismatch { .. }
        | Error::MissingSignedVersion => UpdateError::Install(error.to_string()),
        other => UpdateError::Fetch(other.to_string()),
    }
}

/// Adds the plugin where a release configured it: without a key it would not start.
#[cfg(desktop)]
pub fn add<R: Runtime>(builder: tauri::Builder<R>, config: &tauri::Config) -> tauri::Builder<R> {
    if configured(config) { builder.plugin(tauri_plugin_updater::Builder::new().build()) } else { builder }
}

#[cfg(desktop)]
fn configured(config: &tauri::Config) -> bool {
    config.plugins.0.contains_key("updater")
}

/// A phone's store knows; the app does not ask.
///
/// # Errors
/// None.
#[cfg(mobile)]
pub async fn find<R: Runtime>(_app: &AppHandle<R>) -> Result<Option<String>, UpdateError> {
    Ok(None)
}

/// Only a store installs on a phone.
///
/// # Errors
/// None.
#[cfg(mobile)]
pub async fn install<R: Runtime>(_app: &AppHandle<R>, _percent: Channel<u8>) -> Result<(), UpdateError> {
    Ok(())
}

/// A phone has no such plugin.
#[cfg(mobile)]
pub fn add<R: Runtime>(builder: tauri::Builder<R>, _config: &tauri::Config) -> tauri::Builder<R> {
    builder
}
