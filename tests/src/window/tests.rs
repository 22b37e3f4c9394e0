//! The window by itself, with a backend that never answers: what it must not do, and that it opens.

use std::process::{Command, Stdio};

use super::*;

/// A deployment whose backend refuses every connection.
const NOWHERE: &str = r#"{
  "base_url": "http://127.0.0.1:9",
  "root_public_key": "WGZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmY=",
  "profile": "thuy-nguyen",
  "demo": true
}"#;

struct Alone {
    screen: Screen,
    folder: tempfile::TempDir,
}

impl Alone {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("deployment.json"), NOWHERE).unwrap();
        Self { screen: Screen::any().unwrap(), folder }
    }

    fn launch(&self) -> Launch {
        Launch {
            app: Launch::built_app(),
            data_dir: self.folder.path().join("data"),
            deployment: self.folder.path().join("deployment.json"),
            clock_start: None,
            size: (390, 844),
            text: 100,
            session_key: true,
        }
    }
}

#[tokio::test]
async fn the_first_screen_comes_up_without_any_network() {
    let alone = Alone::new();
    let window = AppWindow::open(&alone.screen, &alone.launch()).await.unwrap();
    window.see("welcome-sign-in").await.unwrap();
    window.close().await.unwrap();
}

#[tokio::test]
async fn the_window_reaches_no_other_server_and_goes_nowhere_else() {
    let alone = Alone::new();
    let window = AppWindow::open(&alone.screen, &alone.launch()).await.unwrap();
    window.see("welcome-sign-in").await.unwrap();
    let refused = "const done = arguments[arguments.length - 1];
        document.addEventListener('securitypolicyviolation', (v) => done(v.effectiveDirective));
        fetch('http://127.0.0.1:9/').catch(() => {});";
    assert_eq!(window.script(refused).await.unwrap(), "connect-src");
    let evaluated = "const done = arguments[arguments.length - 1];
        try { done(new Function('return 1')()); } catch (error) { done(error.name); }";
    assert_eq!(window.script(evaluated).await.unwrap(), "EvalError");
    let opened = "arguments[arguments.length - 1](window.open('http://127.0.0.1:9/') === null);";
    assert_eq!(window.script(opened).await.unwrap(), true);
    let left = "location.href = 'http://127.0.0.1:9/'; arguments[arguments.length - 1](true);";
    window.script(left).await.unwrap();
    window.see("welcome-sign-in").await.unwrap();
    window.close().await.unwrap();
}

#[tokio::test]
async fn a_second_start_on_the_same_folder_says_so_and_ends_with_3() {
    let alone = Alone::new();
    let window = AppWindow::open(&alone.screen, &alone.launch()).await.unwrap();
    window.see("welcome-sign-in").await.unwrap();
    let second = Command::new(Launch::built_app())
        .arg("--data-dir")
        .arg(alone.folder.path().join("data"))
        .arg("--deployment")
        .arg(alone.folder.path().join("deployment.json"))
        .arg("--no-dialog")
        .env("DISPLAY", alone.screen.name())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(second.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&second.stderr).contains("đang mở ở một cửa sổ khác"));
    window.close().await.unwrap();
}
