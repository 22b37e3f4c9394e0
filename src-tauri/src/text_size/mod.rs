//! How large the person wants text in the whole system, as a factor of the usual size.
//!
//! The screens multiply all their sizes of text by it, and nothing else: that is what such a setting
//! promises. WebKitGTK and WebView2 enlarge the whole page instead, which leaves a phone-sized window
//! half as wide, so that is taken back here; Android's WebView enlarges letters without the boxes
//! around them, which is taken back too. To add a system, add a file with one function `read`.

#[cfg_attr(target_os = "android", path = "android.rs")]
#[cfg_attr(target_os = "ios", path = "ios.rs")]
#[cfg_attr(target_os = "linux", path = "linux.rs")]
#[cfg_attr(target_os = "macos", path = "macos.rs")]
#[cfg_attr(target_os = "windows", path = "windows.rs")]
mod system;

use tauri::WebviewWindow;
use tokio::sync::oneshot;

/// What no system goes below or beyond in its settings; anything else is a mistake of its own.
const LEAST: f64 = 0.8;
const MOST: f64 = 3.2;

/// Asks the system, on the thread of the window, and keeps its engine from enlarging by itself.
pub async fn factor(window: &WebviewWindow) -> f64 {
    let (tell, told) = oneshot::channel();
    let asked = window.with_webview(move |webview| system::read(webview, tell));
    if asked.is_err() {
        return 1.0;
    }
    let factor = sensible(told.await.unwrap_or(1.0));
    if cfg!(any(target_os = "linux", target_os = "windows"))
        && let Err(error) = window.set_zoom(1.0 / factor)
    {
        tracing::warn!(%error, "the page stays enlarged as a whole");
        return 1.0;
    }
    factor
}

fn sensible(factor: f64) -> f64 {
    if factor.is_finite() && factor > 0.0 { factor.clamp(LEAST, MOST) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::sensible;

    #[test]
    fn a_system_that_says_nonsense_changes_nothing() {
        for said in [f64::NAN, f64::INFINITY, 0.0, -1.0] {
            assert!((sensible(said) - 1.0).abs() < f64::EPSILON, "{said}");
        }
        assert!((sensible(2.0) - 2.0).abs() < f64::EPSILON);
        assert!((sensible(40.0) - 3.2).abs() < f64::EPSILON);
    }
}
