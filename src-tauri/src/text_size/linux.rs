//! The toolkit's resolution for text: 96 to the inch at the usual size, more where the desktop's
//! setting for large text is on.

use gtk::gdk::Screen;
use tauri::webview::PlatformWebview;
use tokio::sync::oneshot::Sender;

const USUAL: f64 = 96.0;

/// Tells the factor.
pub fn read(_webview: PlatformWebview, tell: Sender<f64>) {
    let resolution = Screen::default().map_or(USUAL, |screen| screen.resolution());
    // Nobody may be waiting any more if the window is closing.
    let _ = tell.send(resolution / USUAL);
}
