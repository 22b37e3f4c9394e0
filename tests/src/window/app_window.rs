//! Opening, closing and killing the app.

use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::Duration;

use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

use super::driver::end;
use super::{Driver, Home, Screen, WindowError};

/// How the app is started.
#[derive(Debug, Clone)]
pub struct Launch {
    /// The program.
    pub app: PathBuf,
    /// The instance's folder.
    pub data_dir: PathBuf,
    /// The deployment file.
    pub deployment: PathBuf,
    /// The app's clock at its start, in milliseconds since 1970.
    pub clock_start: Option<i64>,
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// The system's text size in percent.
    pub text: u32,
    /// Keeps the store's key in memory: the store cannot be read after the app ends.
    pub session_key: bool,
}

impl Launch {
    /// The app as `cargo build` leaves it, two folders above this test program.
    ///
    /// # Panics
    /// If this program does not stand in a target folder.
    #[must_use]
    pub fn built_app() -> PathBuf {
        let program = std::env::current_exe().expect("a running program has a path");
        let profile = program.ancestors().nth(2).expect("tests stand in target/debug/deps");
        profile.join("thuy-nguyen-smart")
    }

    /// Where the app and its toolkit keep what they keep beside the instance's folder.
    #[must_use]
    pub fn home(&self) -> Home {
        Home::beside(&self.data_dir, self.text)
    }

    /// Opens the app as a person does, without anybody who drives it.
    ///
    /// # Errors
    /// [`WindowError`] if it cannot be started.
    pub fn undriven(&self, screen: &Screen) -> Result<Child, WindowError> {
        let mut command = Command::new(&self.app);
        command.args(self.arguments());
        self.home().furnish(&mut command, screen)?;
        Ok(command.spawn()?)
    }

    fn arguments(&self) -> Vec<String> {
        let (width, height) = self.size;
        let mut arguments = vec![
            format!("--data-dir={}", self.data_dir.display()),
            format!("--deployment={}", self.deployment.display()),
            format!("--window={width}x{height}"),
            "--no-dialog".to_owned(),
        ];
        arguments.extend(self.clock_start.map(|start| format!("--clock-start={start}")));
        if self.session_key {
            arguments.push("--key-store=session".to_owned());
        }
        arguments
    }
}

/// An open window of the app.
pub struct AppWindow {
    pub(super) client: Client,
    driver: Driver,
    lock: PathBuf,
}

const NEXT_FRAME: &str = "const drawn = arguments[arguments.length - 1];
    requestAnimationFrame(() => requestAnimationFrame(() => drawn(true)));
    setTimeout(() => drawn(false), 500);";

/// How long an app may take to open its window before it counts as ended.
const OPENING: Duration = Duration::from_secs(90);

impl AppWindow {
    /// Starts the app and waits until its window answers.
    ///
    /// # Errors
    /// [`WindowError`] if a program is missing or the app does not open a window.
    pub async fn open(screen: &Screen, launch: &Launch) -> Result<Self, WindowError> {
        let driver = Driver::start(screen, &launch.home()).await?;
        let mut capabilities = Capabilities::new();
        capabilities.insert(
            "webkitgtk:browserOptions".to_owned(),
            json!({ "binary": launch.app, "args": launch.arguments() }),
        );
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities);
        // WebKitWebDriver waits for ever for an app that has ended before opening a window.
        let client = tokio::time::timeout(OPENING, builder.connect(&driver.address()))
            .await
            .map_err(|_| WindowError::Missing("an app that opens its window"))??;
        Ok(Self { client, driver, lock: launch.data_dir.join("instance.lock") })
    }

    /// Closes the window as a person does.
    ///
    /// # Errors
    /// [`WindowError::Step`] if the window does not answer.
    pub async fn close(self) -> Result<(), WindowError> {
        self.client.close().await?;
        until_free(&self.lock).await
    }

    /// Ends the app at once (`kill -9`), as a phone does that runs out of memory.
    ///
    /// # Errors
    /// [`WindowError::Missing`] if there is no process.
    pub async fn kill(self) -> Result<(), WindowError> {
        let app = self.driver.app_process().ok_or(WindowError::Missing("the app's process"))?;
        end(app);
        until_free(&self.lock).await
    }

    /// The app's process id.
    #[must_use]
    pub fn process(&self) -> Option<u32> {
        self.driver.app_process()
    }

    /// Makes the window another size, in pixels.
    ///
    /// # Errors
    /// [`WindowError::Step`] if the window does not answer.
    pub async fn resize(&self, width: u32, height: u32) -> Result<(), WindowError> {
        Ok(self.client.set_window_size(width, height).await?)
    }

    /// Keeps a picture of the window as a PNG file.
    ///
    /// # Errors
    /// [`WindowError`] if there is no picture or the file cannot be written.
    pub async fn picture(&self, path: &Path) -> Result<(), WindowError> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        // What has changed is drawn with the next frame; a window that is not shown draws none.
        self.script(NEXT_FRAME).await?;
        Ok(std::fs::write(path, self.client.screenshot().await?)?)
    }
}

/// Waits until the store's lock is free: the last thread of a process lets go of it some time after
/// its end was ordered, and a new start would find the folder taken.
async fn until_free(lock: &Path) -> Result<(), WindowError> {
    for _ in 0..400 {
        if std::fs::File::open(lock)?.try_lock().is_ok() {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    Err(WindowError::NotSeen { what: "the end of the app".to_owned(), seen: String::new() })
}
