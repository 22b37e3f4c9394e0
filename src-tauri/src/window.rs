//! The one window: its size, its title, and the rule that it shows nothing but the app's own pages.

use citizen_core::app::App as Core;
use tauri::webview::NewWindowResponse;
use tauri::{App, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

use crate::arguments::WindowSize;

/// The label by which the capability file knows the window.
pub const LABEL: &str = "main";

/// Set by whoever drives the window through WebDriver; Tauri reads the same variable.
const AUTOMATION: &str = "TAURI_WEBVIEW_AUTOMATION";

/// Opens the window.
///
/// # Errors
/// What Tauri says if the system gives no window.
pub fn open(app: &App, core: &Core, size: WindowSize) -> tauri::Result<WebviewWindow> {
    let development = app.config().build.dev_url.clone();
    let builder = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .on_navigation(move |url| is_own_page(url, development.as_ref()))
        .on_new_window(|_url, _features| NewWindowResponse::Deny)
        .on_download(|_webview, _event| false);
    let builder = quiet_on_disk(builder);
    sized(builder, &title(core), size).build()
}

/// The name that the locality gave the app.
fn title(core: &Core) -> String {
    let view = tauri::async_runtime::block_on(core.session_view());
    view.map_or_else(|_| "Thủy Nguyên Smart".to_owned(), |view| view.app_name)
}

/// The window leaves nothing behind on disk: what is to be kept is in the core's encrypted store.
/// Under WebDriver the system's ephemeral context cannot be driven, so only there it may.
fn quiet_on_disk<'a, R: tauri::Runtime, M: tauri::Manager<R>>(
    builder: WebviewWindowBuilder<'a, R, M>,
) -> WebviewWindowBuilder<'a, R, M> {
    let driven = std::env::var(AUTOMATION).is_ok_and(|value| value == "true");
    builder.incognito(!driven)
}

#[cfg(desktop)]
fn sized<'a, R: tauri::Runtime, M: tauri::Manager<R>>(
    builder: WebviewWindowBuilder<'a, R, M>,
    title: &str,
    size: WindowSize,
) -> WebviewWindowBuilder<'a, R, M> {
    let smallest = WindowSize::SMALLEST;
    builder
        .title(title)
        .inner_size(f64::from(size.width), f64::from(size.height))
        .min_inner_size(f64::from(smallest.width), f64::from(smallest.height))
}

#[cfg(mobile)]
fn sized<'a, R: tauri::Runtime, M: tauri::Manager<R>>(
    builder: WebviewWindowBuilder<'a, R, M>,
    _title: &str,
    _size: WindowSize,
) -> WebviewWindowBuilder<'a, R, M> {
    builder
}

/// Whether `url` is a page of the app itself, as each system addresses it.
fn is_own_page(url: &Url, development: Option<&Url>) -> bool {
    let own = match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        // Windows and Android serve the same pages under this reserved name.
        "http" | "https" => url.host_str() == Some("tauri.localhost") && url.port().is_none(),
        _ => false,
    };
    own || development.is_some_and(|page| page.origin() == url.origin())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn goes(url: &str) -> bool {
        is_own_page(&Url::parse(url).unwrap(), None)
    }

    #[test]
    fn the_window_stays_in_the_app() {
        assert!(goes("tauri://localhost/"));
        assert!(goes("tauri://localhost/phan-anh/1?tab=done"));
        assert!(goes("http://tauri.localhost/"));
    }

    #[test]
    fn nothing_else_is_shown() {
        for url in [
            "https://example.com/",
            "http://tauri.localhost.example.com/",
            "http://tauri.localhost:8080/",
            "tauri://example.com/",
            "file:///etc/passwd",
            "data:text/html,<b>",
            "javascript:alert(1)",
            "photo://localhost/1/display",
            "about:blank",
        ] {
            assert!(!goes(url), "{url}");
        }
    }
}
