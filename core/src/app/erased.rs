//! The account was erased on the backend: after the person was told, this device forgets it too.

use std::path::Path;

use super::{App, AppError};
use crate::identity::view::SessionView;
use crate::store::{InstanceLock, StoreError, off_thread};

/// Says that the files of a folder belong to an account that is erased.
const MARK: &str = "erased";

impl App {
    /// Removes everything of the account from this device, what was never sent too. Other accounts' files
    /// stay.
    ///
    /// # Errors
    /// [`AppError`], `not-found` unless the backend said that the account was erased.
    pub async fn account_forget(&self) -> Result<SessionView, AppError> {
        let (active, session) = self.signed_in()?;
        if !session.is_erased().await {
            return Err(AppError::Missing);
        }
        let (dir, keys, account) = (active.dir.clone(), self.vault().keys, session.account().await.id);
        let names = [self.names.session(), self.names.lock(account), self.names.database(Some(account))];
        let marked = dir.clone();
        off_thread(move || Ok::<_, StoreError>(std::fs::write(marked.join(MARK), b"")?)).await?;
        off_thread(move || {
            // Without its key nothing in the folder can be read any more.
            for name in &names {
                keys.delete(name)?;
            }
            Ok::<_, StoreError>(())
        })
        .await?;
        self.switch_to(self.opening().open(&self.vault(), None).await?);
        drop(active);
        // A file that is still open somewhere goes at the next start.
        off_thread(move || {
            if let Err(error) = std::fs::remove_dir_all(&dir) {
                tracing::warn!(%error, "files of an erased account stay until the next start");
            }
            Ok::<_, StoreError>(())
        })
        .await?;
        self.session_view().await
    }
}

/// Removes what an erased account left. `_lock` says that no other process has this data directory.
pub(super) fn sweep(data_dir: &Path, _lock: &InstanceLock) {
    let Ok(folders) = std::fs::read_dir(data_dir.join("accounts")) else { return };
    for folder in folders.flatten().map(|entry| entry.path()) {
        if folder.join(MARK).is_file()
            && let Err(error) = std::fs::remove_dir_all(&folder)
        {
            tracing::warn!(%error, "files of an erased account could not be removed");
        }
    }
}
