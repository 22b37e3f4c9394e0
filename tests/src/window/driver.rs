//! One WebKitWebDriver process; it can drive one window at a time.

use std::net::TcpListener;
use std::process::{Child, Command};
use std::time::Duration;

use super::{Home, Screen};

/// Why a window could not be opened or used.
#[derive(Debug, thiserror::Error)]
pub enum WindowError {
    /// A program that the tests need is not there.
    #[error("missing: {0}")]
    Missing(&'static str),
    /// The session did not begin.
    #[error("the window did not open: {0}")]
    Session(#[from] fantoccini::error::NewSessionError),
    /// A step in the window failed.
    #[error("window: {0}")]
    Step(#[from] fantoccini::error::CmdError),
    /// What should be seen was not seen in time.
    #[error("not seen in time: {what}; the window says:\n{seen}")]
    NotSeen {
        /// What was waited for.
        what: String,
        /// All words in the window at the end.
        seen: String,
    },
    /// A file could not be written or a process not be reached.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// A running WebKitWebDriver, ended with the value, and the app that it started with it.
pub struct Driver {
    child: Child,
    port: u16,
}

impl Driver {
    /// Starts one on a free port of this machine, for windows on `screen`. It and the app that it starts
    /// live in `home`.
    ///
    /// # Errors
    /// [`WindowError::Missing`] if it is not installed or does not listen.
    pub async fn start(screen: &Screen, home: &Home) -> Result<Self, WindowError> {
        let missing = WindowError::Missing("WebKitWebDriver (Debian package webkit2gtk-driver)");
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let mut command = Command::new("WebKitWebDriver");
        command
            .args([format!("--port={port}"), "--host=127.0.0.1".to_owned()])
            .env("TAURI_WEBVIEW_AUTOMATION", "true");
        home.furnish(&mut command, screen)?;
        let Ok(child) = command.spawn() else {
            return Err(missing);
        };
        let driver = Self { child, port };
        for _ in 0..100 {
            if tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                return Ok(driver);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Err(missing)
    }

    /// Where its protocol answers.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The app that it has started, as a process id.
    #[must_use]
    pub fn app_process(&self) -> Option<u32> {
        let id = self.child.id();
        std::fs::read_to_string(format!("/proc/{id}/task/{id}/children"))
            .ok()?
            .split_whitespace()
            .next()?
            .parse()
            .ok()
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let app = self.app_process();
        let _ = self.child.kill();
        let _ = self.child.wait();
        if let Some(app) = app {
            end(app);
        }
    }
}

/// Ends a process at once, without any chance to tidy up (`kill -9`).
pub(super) fn end(process: u32) {
    let id = i32::try_from(process).ok().and_then(rustix::process::Pid::from_raw);
    if let Some(id) = id {
        let _ = rustix::process::kill_process(id, rustix::process::Signal::KILL);
    }
}
