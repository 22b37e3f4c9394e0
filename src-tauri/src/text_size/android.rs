//! Settings, Display, Font size: the activity's `fontScale`. The WebView takes it as its own text zoom
//! when it is made, which would count it twice.

use tauri::webview::PlatformWebview;
use tokio::sync::oneshot::Sender;

/// The WebView's text zoom at which it changes nothing.
const UNCHANGED: i32 = 100;

/// Tells the factor.
pub fn read(webview: PlatformWebview, tell: Sender<f64>) {
    webview.jni_handle().exec(move |env, activity, view| {
        let scale = env
            .call_method(activity, "getResources", "()Landroid/content/res/Resources;", &[])
            .and_then(|it| it.l())
            .and_then(|it| {
                env.call_method(it, "getConfiguration", "()Landroid/content/res/Configuration;", &[])
            })
            .and_then(|it| it.l())
            .and_then(|it| env.get_field(it, "fontScale", "F"))
            .and_then(|it| it.f());
        let unzoomed = env
            .call_method(view, "getSettings", "()Landroid/webkit/WebSettings;", &[])
            .and_then(|it| it.l())
            .and_then(|it| env.call_method(it, "setTextZoom", "(I)V", &[UNCHANGED.into()]));
        // A failure leaves an exception behind, and the next call into Java would die of it.
        let failed = scale.is_err() || unzoomed.is_err();
        if failed && env.exception_clear().is_err() {
            tracing::warn!("an exception of the system is left");
        }
        let factor = if unzoomed.is_ok() { scale.map_or(1.0, f64::from) } else { 1.0 };
        // Nobody may be waiting any more if the window is closing.
        let _ = tell.send(factor);
    });
}
