//! Dynamic Type: what the system would make of a length that belongs to body text.

use objc2_ui_kit::UIFontMetrics;
use tauri::webview::PlatformWebview;
use tokio::sync::oneshot::Sender;

const LENGTH: f64 = 100.0;

/// Tells the factor.
pub fn read(_webview: PlatformWebview, tell: Sender<f64>) {
    let scaled = UIFontMetrics::defaultMetrics().scaledValueForValue(LENGTH);
    // Nobody may be waiting any more if the window is closing.
    let _ = tell.send(scaled / LENGTH);
}
