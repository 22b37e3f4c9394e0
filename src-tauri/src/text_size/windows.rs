//! Settings, Accessibility, Text size: from 1 to 2.25.

use tauri::webview::PlatformWebview;
use tokio::sync::oneshot::Sender;
use windows::UI::ViewManagement::UISettings;

/// Tells the factor.
pub fn read(_webview: PlatformWebview, tell: Sender<f64>) {
    let factor = UISettings::new().and_then(|settings| settings.TextScaleFactor());
    // Nobody may be waiting any more if the window is closing.
    let _ = tell.send(factor.unwrap_or(1.0));
}
