//! macOS has no size of text for all programs.

use tauri::webview::PlatformWebview;
use tokio::sync::oneshot::Sender;

/// Tells the factor.
pub fn read(_webview: PlatformWebview, tell: Sender<f64>) {
    let _ = tell.send(1.0);
}
