//! Files of earlier sessions that cannot be opened now, and what the person is told of them.

use std::path::Path;
use std::sync::{Arc, PoisonError};

use citizen_contract::ids::AccountId;

use super::active::Vault;
use super::{App, AppError};
use crate::identity::KeyNames;
use crate::identity::view::{EarlierFiles, SessionView};
use crate::ports::KeyStore;
use crate::store::{AccountStore, StoreError, off_thread};

/// Looks through the folders of accounts in `data_dir`.
fn look(
    data_dir: &Path,
    keys: &Arc<dyn KeyStore>,
    lasting: bool,
    names: &KeyNames,
) -> Result<EarlierFiles, StoreError> {
    let accounts = match std::fs::read_dir(data_dir.join("accounts")) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(EarlierFiles::None),
        other => other?,
    };
    for entry in accounts {
        let entry = entry?;
        let account: Option<AccountId> = entry.file_name().to_str().and_then(|name| name.parse().ok());
        let Some(account) = account.filter(|_| AccountStore::exists(&entry.path())) else { continue };
        if !lasting {
            return Ok(EarlierFiles::Waiting);
        }
        if keys.get(&names.database(Some(account)))?.is_none() {
            return Ok(EarlierFiles::WithoutKeys);
        }
    }
    Ok(EarlierFiles::None)
}

impl App {
    /// Asks the system's key store again: it may have been unlocked. Whoever has signed in meanwhile
    /// goes on as they are; their files end with this session.
    ///
    /// # Errors
    /// [`AppError`] if the files that its keys open fail.
    pub async fn key_store_retry(&self) -> Result<SessionView, AppError> {
        let vault = self.vault();
        if !vault.lasting && self.active().session.is_none() {
            let found = Vault::find(&self.config.data_dir, &self.ports, &self.names).await?;
            if found.lasting {
                let active = self.opening().signed_in(&found).await?;
                *self.vault.write().unwrap_or_else(PoisonError::into_inner) = found;
                self.switch_to(active);
                self.reload_catalogue().await?;
            }
        }
        self.session_view().await
    }

    /// What a person who is not signed in is told of earlier files.
    pub(super) async fn earlier_files(&self) -> Result<EarlierFiles, AppError> {
        let (vault, names, data_dir) = (self.vault(), self.names.clone(), self.config.data_dir.clone());
        let signed_in = self.active().session.is_some();
        if vault.passphrase_needed || signed_in && vault.lasting {
            return Ok(EarlierFiles::None);
        }
        let looked = move || look(&data_dir, &vault.keys, vault.lasting, &names);
        match off_thread(looked).await {
            // A key store that fails in this moment says nothing of what it holds.
            Err(StoreError::Keys(_)) => Ok(EarlierFiles::Waiting),
            other => Ok(other?),
        }
    }
}
