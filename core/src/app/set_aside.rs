//! Telling of outboxes that could not be read.

use citizen_contract::time::UtcMillis;
use serde::Serialize;
use ts_rs::TS;

use super::{App, AppError};
use crate::store::{off_thread, set_aside_in};

/// An outbox that could not be read; it was set aside and nothing of it was deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct SetAsideView {
    /// The name of its file.
    pub name: String,
    /// When that was found.
    pub at: UtcMillis,
    /// Bytes of it on this device, photos included.
    pub bytes: u64,
}

impl App {
    /// The outboxes of whoever is signed in, or of nobody, that could not be read and were set
    /// aside, the latest first; in this run of the program and in earlier ones. Documents have no
    /// such list: a cache that cannot be read is fetched again.
    ///
    /// # Errors
    /// [`AppError`] if the folder cannot be read.
    pub async fn set_aside(&self) -> Result<Vec<SetAsideView>, AppError> {
        let active = self.active();
        if active.is_locked() {
            return Err(AppError::Locked);
        }
        let dir = active.dir.clone();
        let found = off_thread(move || set_aside_in(&dir)).await?;
        let view = |it: crate::store::SetAside| SetAsideView { name: it.name, at: it.at, bytes: it.bytes };
        Ok(found.into_iter().map(view).collect())
    }
}
