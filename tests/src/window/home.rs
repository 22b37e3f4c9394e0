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
pub struct Home {
    folder: PathBuf,
    text: u32,
}

impl Home {
    /// The home of the app whose files lie in `data_dir`, with the system's text at `text` percent.
    #[must_use]
    pub fn beside(data_dir: &Path, text: u32) -> Self {
        let mut name = data_dir.file_name().unwrap_or_default().to_owned();
        name.push("-home");
        Self { folder: data_dir.with_file_name(name), text }
    }

    /// Where it is.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What its programs said.
    #[must_use]
    pub fn log(&self) -> PathBuf {
        self.folder.join("log")
    }

    /// Puts a program into it, on this screen.
    pub(super) fn furnish(&self, command: &mut Command, screen: &Screen) -> Result<(), WindowError> {
        for (name, folder) in NAMED {
            let folder = self.folder.join(folder);
            std::fs::create_dir_all(&folder)?;
            command.env(name, folder);
        }
        let log = OpenOptions::new().create(true).append(true).open(self.log())?;
        command
            .env("DISPLAY", screen.name())
            // The look of the pictures must not depend on the desktop of whoever runs this.
            .env("GTK_THEME", "Adwaita")
            // What the desktop's setting for large text comes to in the toolkit.
            .env("GDK_DPI_SCALE", format!("{}.{:02}", self.text / 100, self.text % 100))
            .env("RUST_LOG", "trace")
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log);
        Ok(())
    }
}
