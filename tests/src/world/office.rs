//! The backend of the world: the real one, on a real database, on a loopback port.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use citizen_backend::clock::Clock;
use citizen_backend::db::testing::Fresh;
use citizen_backend::db::{DbUrl, Engine};
use citizen_backend::messenger::CODES_FILE;
use citizen_backend::{Config, Running, serve};
use citizen_contract::deployment::Deployment;
use tempfile::TempDir;

/// A running backend that can be stopped and started again over the same data.
pub struct Office {
    running: Option<Running>,
    config: Config,
    // Dropped after the backend, which still writes there.
    _folder: Option<TempDir>,
    _database: Option<Fresh>,
}

impl Office {
    /// A fresh backend with the sample people of Thủy Nguyên.
    ///
    /// # Panics
    /// When it cannot start.
    pub async fn open(engine: Engine, clock: Arc<dyn Clock>) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the backend");
        let database = Fresh::new(engine);
        let config = Config {
            db: database.url().clone(),
            demo: true,
            clock,
            ..Config::in_folder(folder.path().join("backend"))
        };
        let mut office = Self { running: None, config, _folder: Some(folder), _database: Some(database) };
        office.start().await;
        office
    }

    /// A fresh backend all of whose files, SQLite's among them, lie in a given folder.
    ///
    /// # Panics
    /// When it cannot start.
    pub async fn open_in(folder: &Path, clock: Arc<dyn Clock>) -> Self {
        let config = Config { demo: true, clock, ..Config::in_folder(folder.join("backend")) };
        let mut office = Self { running: None, config, _folder: None, _database: None };
        office.start().await;
        office
    }

    /// Starts it again after [`Office::stop`], on another port.
    ///
    /// # Panics
    /// When it cannot start.
    pub async fn start(&mut self) {
        let running = serve(self.config.clone()).await;
        self.running = Some(running.unwrap_or_else(|error| panic!("the backend does not start: {error}")));
    }

    /// Ends it in an orderly way.
    pub async fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            running.shutdown().await;
        }
    }

    /// The running backend.
    ///
    /// # Panics
    /// When it is stopped.
    #[must_use]
    pub fn running(&self) -> &Running {
        self.running.as_ref().expect("the backend runs")
    }

    /// Where it answers without any proxy.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.running().addr)
    }

    /// Where its files lie.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        self.config.data_dir.clone()
    }

    /// The newest code that was sent to a phone.
    ///
    /// # Panics
    /// When none was sent.
    #[must_use]
    pub fn newest_code(&self) -> String {
        self.codes().pop().expect("a code was sent")
    }

    /// All codes that were sent to phones.
    ///
    /// # Panics
    /// When the file of codes holds something else.
    #[must_use]
    pub fn codes(&self) -> Vec<String> {
        let text = std::fs::read_to_string(self.folder().join(CODES_FILE)).unwrap_or_default();
        let code = |line: &str| {
            let line: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
            line["code"].as_str().expect("a code").to_owned()
        };
        text.lines().map(code).filter(|code| !code.is_empty()).collect()
    }

    /// Where its rows lie.
    #[must_use]
    pub fn database(&self) -> &DbUrl {
        &self.config.db
    }

    /// What an app needs to know to belong to it, through a network at `base_url`.
    #[must_use]
    pub fn deployment(&self, base_url: String) -> Deployment {
        let root_public_key = self.running().opened.backend.signer.root_public_key().to_owned();
        Deployment { base_url, root_public_key, profile: "thuy-nguyen".to_owned(), demo: true }
    }
}
