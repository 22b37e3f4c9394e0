//! Where a window's programs live: folders of their own for what a desktop lets programs leave, and a
//! log at the finest level. What lies there is searched afterwards.

use std::fs::OpenOptions;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{Screen, WindowError};

/// The folders that a desktop names.
const NAMED: [(&str, &str); 6] = [
    ("HOME", ""),
    ("XDG_CACHE_HOME", "cache"),
    ("XDG_CONFIG_HOME", "config"),
    ("XDG_DATA_HOME", "data"),
    ("XDG_STATE_HOME", "state"),
    ("TMPDIR", "tmp"),
];

/// A home of one device.
#[derive(Debug, Clone)]
pub struct Home(PathBuf);

impl Home {
    /// The home of the app whose files lie in `data_dir`.
    #[must_use]
    pub fn beside(data_dir: &Path) -> Self {
        let mut name = data_dir.file_name().unwrap_or_default().to_owned();
        name.push("-home");
        Self(data_dir.with_file_name(name))
    }

    /// Where it is.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.0
    }

    /// What its programs said.
    #[must_use]
    pub fn log(&self) -> PathBuf {
        self.0.join("log")
    }

    /// Puts a program into it, on this screen.
    pub(super) fn furnish(&self, command: &mut Command, screen: &Screen) -> Result<(), WindowError> {
        for (name, folder) in NAMED {
            let folder = self.0.join(folder);
            std::fs::create_dir_all(&folder)?;
            command.env(name, folder);
        }
        let log = OpenOptions::new().create(true).append(true).open(self.log())?;
        command
            .env("DISPLAY", screen.name())
            // The look of the pictures must not depend on the desktop of whoever runs this.
            .env("GTK_THEME", "Adwaita")
            .env("RUST_LOG", "trace")
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log);
        Ok(())
    }
}
