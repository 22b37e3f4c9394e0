//! A copy of everything that is kept of the person, saved to a place that the person can find.
//!
//! It is written beside its place and gets its name when all of it is there: what breaks off leaves nothing.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use serde::Serialize;
use ts_rs::TS;

use super::{App, AppError};
use crate::identity::refresh::Refreshed;
use crate::outbox::{Retry, retry};
use crate::ports::{ByteAnswer, Method, Request};
use crate::store::{StoreError, off_thread};

/// How far the copy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct ExportProgress {
    /// Whether one is being made.
    pub running: bool,
    /// Bytes so far.
    pub bytes: u64,
    /// About how many it will be; 0 if the backend did not say.
    pub about: u64,
}

/// A saved copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct ExportView {
    /// Where it is.
    pub path: String,
    /// Its size in bytes.
    pub bytes: u64,
}

impl App {
    /// Fetches a copy and saves it in `folder`.
    ///
    /// # Errors
    /// [`AppError`]; then there is no file.
    pub async fn data_export(&self, folder: PathBuf) -> Result<ExportView, AppError> {
        {
            let mut progress = self.exporting.lock().unwrap_or_else(PoisonError::into_inner);
            if progress.running {
                return Err(AppError::Query(Retry::Later(None)));
            }
            *progress = ExportProgress { running: true, ..ExportProgress::default() };
        }
        let made = self.save_copy(folder).await;
        self.told_progress(|progress| *progress = ExportProgress::default());
        made
    }

    /// How far the copy is.
    #[must_use]
    pub fn export_progress(&self) -> ExportProgress {
        *self.exporting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn told_progress(&self, change: impl FnOnce(&mut ExportProgress)) {
        change(&mut self.exporting.lock().unwrap_or_else(PoisonError::into_inner));
    }

    async fn save_copy(&self, folder: PathBuf) -> Result<ExportView, AppError> {
        let mut answer = self.open_copy().await?;
        let about = answer.header("x-about-bytes").and_then(|text| text.parse().ok()).unwrap_or(0);
        let day = self.locality().profile().calendar.day_of(self.now());
        let name = format!("du-lieu-cua-toi-{day}");
        let mut file = off_thread(move || Partial::begin(&folder, &name)).await?;
        let mut bytes: u64 = 0;
        loop {
            let piece = answer
                .body
                .next_piece()
                .await
                .map_err(|error| AppError::Query(retry::of_transport(error)))?;
            let Some(piece) = piece else { break };
            bytes = bytes.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
            file = off_thread(move || file.write(&piece)).await?;
            self.told_progress(|progress| (progress.bytes, progress.about) = (bytes, about));
        }
        let path = off_thread(move || file.finish()).await?;
        Ok(ExportView { path: path.display().to_string(), bytes })
    }

    async fn open_copy(&self) -> Result<ByteAnswer, AppError> {
        let (_, session) = self.signed_in()?;
        for _ in 0..2 {
            let token = session.token().await.ok_or(AppError::Query(Retry::Login))?;
            let request = Request::new(Method::Get, "/v1/my-data/export").bearer(token.clone());
            let answer = self.ports.transport.open_bytes(request).await;
            let answer = answer.map_err(|error| AppError::Query(retry::of_transport(error)))?;
            if answer.status == 200 && answer.header("content-type") == Some("application/zip") {
                return Ok(answer);
            }
            let whole = answer.whole().await.map_err(|error| AppError::Query(retry::of_transport(error)))?;
            let gate = retry::of_status(&whole);
            if gate != Retry::Login {
                return Err(AppError::Query(gate));
            }
            match session.refresh(&token).await? {
                Refreshed::Ready => {}
                Refreshed::Waits(gate) => return Err(AppError::Query(gate)),
                Refreshed::Ended => return Err(AppError::Query(Retry::Login)),
            }
        }
        Err(AppError::Query(Retry::Login))
    }
}

/// A file that is not whole yet; dropped, it goes.
struct Partial {
    file: Option<std::fs::File>,
    partial: PathBuf,
    folder: PathBuf,
    name: String,
}

impl Partial {
    fn begin(folder: &Path, name: &str) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder)?;
        let partial = folder.join(format!(".{name}.partial"));
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        // It says everything of somebody.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = Some(options.open(&partial)?);
        Ok(Self { file, partial, folder: folder.to_owned(), name: name.to_owned() })
    }

    fn write(mut self, piece: &[u8]) -> Result<Self, StoreError> {
        if let Some(file) = &mut self.file {
            file.write_all(piece)?;
        }
        Ok(self)
    }

    /// Gives it its name, which no other file has.
    fn finish(mut self) -> Result<PathBuf, StoreError> {
        if let Some(file) = self.file.take() {
            file.sync_all()?;
        }
        for number in 1..1000 {
            let ending = if number == 1 { String::new() } else { format!("-{number}") };
            let path = self.folder.join(format!("{}{ending}.zip", self.name));
            // A link is made only where there is nothing; file systems without links are asked first.
            match std::fs::hard_link(&self.partial, &path) {
                Ok(()) => return Ok(path),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(_) if !path.exists() => {
                    std::fs::rename(&self.partial, &path)?;
                    return Ok(path);
                }
                Err(_) => {}
            }
        }
        Err(std::io::Error::from(std::io::ErrorKind::AlreadyExists).into())
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        drop(self.file.take());
        let _ = std::fs::remove_file(&self.partial);
    }
}
