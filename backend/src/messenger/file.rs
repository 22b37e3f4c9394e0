//! `log`: messages as lines of a file that only this user reads. Not the backend's log, which repeats
//! nothing of a person.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use async_trait::async_trait;

use super::{Message, Messenger, MessengerError};

/// The file in the data folder. Each line is JSON: `{"to":"+84…","code":"123456","text":"…"}`.
pub const CODES_FILE: &str = "codes.log";

/// Writes messages into a file, for development and the demo.
#[derive(Debug, Clone)]
pub struct FileMessenger {
    path: PathBuf,
}

impl FileMessenger {
    /// One that writes [`CODES_FILE`] in this folder.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Self {
        Self { path: folder.join(CODES_FILE) }
    }
}

#[async_trait]
impl Messenger for FileMessenger {
    async fn send(&self, message: &Message) -> Result<(), MessengerError> {
        let line = serde_json::json!({
            "to": message.to.e164(),
            "code": message.code,
            "text": message.text,
        });
        let path = self.path.clone();
        let written = tokio::task::spawn_blocking(move || append(&path, &format!("{line}\n"))).await;
        written.map_err(|_| MessengerError::File)?.map_err(|_| MessengerError::File)
    }
}

fn append(path: &Path, line: &str) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    // One write a line, so that lines of two messages do not mix.
    options.open(path)?.write_all(line.as_bytes())
}
