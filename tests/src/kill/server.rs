//! The backend as a process of its own, on a port that stays the same when it is started again.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;

use citizen_backend::db::DbUrl;
use citizen_contract::deployment::Deployment;

use super::{Child, Point};

/// How to start the backend.
#[derive(Debug, Clone)]
pub struct Server {
    /// The program.
    pub program: PathBuf,
    /// Its data.
    pub folder: PathBuf,
    /// A fault to plant.
    pub plant: Option<&'static str>,
    /// A database elsewhere than in the folder.
    database: Option<String>,
    address: SocketAddr,
}

impl Server {
    /// A backend in `folder`, with keys, sample people and a port of its own; not running. Its rows lie
    /// on the server that is named, or else in the folder too.
    ///
    /// # Errors
    /// When it does not start.
    pub fn prepare(
        program: &Path,
        folder: &Path,
        database: Option<&DbUrl>,
    ) -> io::Result<(Self, Deployment)> {
        let database = database.and_then(|url| match url {
            DbUrl::Postgres(url) => Some(url.clone()),
            DbUrl::Sqlite(_) => None,
        });
        let mut server = Self {
            program: program.to_path_buf(),
            folder: folder.to_path_buf(),
            plant: None,
            database,
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
        };
        let (_running, said) = server.launch(None, &["--demo"])?;
        let root_public_key = said["root_public_key"].as_str().unwrap_or_default().to_owned();
        let listening = said["listening"].as_str().unwrap_or_default();
        server.address = listening.parse().map_err(|_| io::Error::other("no port was named"))?;
        let base_url = format!("http://{}", server.address);
        Ok((server, Deployment { base_url, root_public_key, profile: "thuy-nguyen".to_owned(), demo: true }))
    }

    /// Starts it; it ends itself at `kill_at`.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start(&self, kill_at: Option<&Point>) -> io::Result<Child> {
        self.launch(kill_at, &[]).map(|(child, _)| child)
    }

    fn launch(&self, kill_at: Option<&Point>, more: &[&str]) -> io::Result<(Child, serde_json::Value)> {
        let mut command = Command::new(&self.program);
        command
            .args(["serve", "--log", "error", "--listen", &self.address.to_string(), "--data-dir"])
            .arg(&self.folder)
            .args(more);
        if let Some(database) = &self.database {
            command.env("CITIZEN_DB", database);
        }
        if let Some(at) = kill_at {
            command.env("CITIZEN_KILL_AT", format!("{}:{}", at.phase, at.nth));
        }
        if let Some(plant) = self.plant {
            command.env("CITIZEN_KILL_PLANT", plant);
        }
        let mut child = Child::start(command)?;
        while let Some(line) = child.next_line() {
            if let Ok(said) = serde_json::from_str::<serde_json::Value>(&line)
                && said.get("listening").is_some()
            {
                return Ok((child, said));
            }
        }
        // A client that waits at the port may bring it to its end before it has named the port.
        if kill_at.is_some() && !child.phases.is_empty() {
            return Ok((child, serde_json::Value::Null));
        }
        Err(io::Error::other("the backend ended before its port was open"))
    }
}
