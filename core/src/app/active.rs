//! Whose files are open, and with whose keys.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use citizen_contract::ids::AccountId;
use ed25519_dalek::VerifyingKey;

use super::{AppConfig, AppError};
use crate::events::Events;
use crate::identity::{GUEST, KeyNames, Session};
use crate::lock::AppLock;
use crate::outbox::lease;
use crate::ports::{KeyStore, MemoryKeyStore, Ports};
use crate::store::{
    AccountStore, DatabaseKey, InstanceLock, PassphraseFile, Schemas, StoreError, off_thread,
};
use crate::worker::{Engine, EngineParts};
use crate::{outbox, reports, sync};

/// Where this instance keeps its secrets, and what lies under them.
#[derive(Clone)]
pub(super) struct Vault {
    pub keys: Arc<dyn KeyStore>,
    /// The folder of the account's files.
    pub accounts: PathBuf,
    /// Whether the secrets outlive the process.
    pub lasting: bool,
    /// Whether a passphrase must be entered first.
    pub passphrase_needed: bool,
}

impl Vault {
    /// The device's key store; else the passphrase that was chosen here; else this session only.
    pub(super) async fn find(data_dir: &Path, ports: &Ports, names: &KeyNames) -> Result<Self, AppError> {
        let (keys, name) = (ports.keys.clone(), names.session());
        let asked = off_thread(move || Ok::<_, StoreError>(keys.get(&name).map(drop))).await?;
        if asked.is_ok() && ports.keys.outlives_the_process() {
            return Ok(Self::lasting(ports.keys.clone(), data_dir));
        }
        let dir = data_dir.to_owned();
        let chosen = off_thread(move || PassphraseFile::find(&dir)).await?;
        let folder = hex::encode(ports.random.bytes::<8>());
        Ok(Self {
            keys: Arc::new(MemoryKeyStore::default()),
            // Apart from files that a lasting key opens, so that those are never set aside.
            accounts: session_only(data_dir).join(folder),
            lasting: false,
            passphrase_needed: chosen.is_some(),
        })
    }

    pub(super) fn lasting(keys: Arc<dyn KeyStore>, data_dir: &Path) -> Self {
        Self { keys, accounts: data_dir.join("accounts"), lasting: true, passphrase_needed: false }
    }
}

fn session_only(data_dir: &Path) -> PathBuf {
    data_dir.join("session-only")
}

/// Removes the files of sessions whose key lived in a process that is gone: nothing can ever open
/// them. `_lock` says that no other process has this data directory, so none of them is in use.
pub(super) fn sweep_session_only(data_dir: &Path, _lock: &InstanceLock) {
    match std::fs::remove_dir_all(session_only(data_dir)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            tracing::warn!(%error, "files of earlier sessions could not be removed");
        }
        _ => {}
    }
}

/// The open files of one account, or of nobody, and the worker on them.
pub(super) struct Active {
    pub session: Option<Arc<Session>>,
    pub store: AccountStore,
    pub engine: Arc<Engine>,
    pub set_aside: Option<String>,
    /// Where the files are.
    pub dir: PathBuf,
    /// The lock in front of them; nobody's files have none.
    pub lock: Option<AppLock>,
}

impl Active {
    /// Whether nothing of these files may be shown now.
    pub(super) fn is_locked(&self) -> bool {
        self.lock.as_ref().is_some_and(AppLock::is_locked)
    }

    /// Locks when a time runs out. Never returns.
    pub(super) async fn lock_in_time(&self) {
        match &self.lock {
            Some(lock) => lock.lock_in_time().await,
            None => std::future::pending().await,
        }
    }
}

/// What opening needs.
pub(super) struct Opening<'a> {
    pub config: &'a AppConfig,
    pub ports: &'a Ports,
    pub root: VerifyingKey,
    pub names: &'a KeyNames,
    pub events: &'a Events,
}

impl Opening<'_> {
    /// Opens the files of whoever is signed in, or of nobody.
    pub(super) async fn signed_in(&self, vault: &Vault) -> Result<Active, AppError> {
        let session = Session::load(self.ports, &vault.keys, self.names).await?;
        self.open(vault, session.map(Arc::new)).await
    }

    /// Opens the files of `session`'s account, or of nobody.
    pub(super) async fn open(
        &self,
        vault: &Vault,
        session: Option<Arc<Session>>,
    ) -> Result<Active, AppError> {
        let account = match &session {
            Some(session) => Some(session.account().await.id),
            None => None,
        };
        let lock = match account {
            Some(id) => Some(AppLock::load(self.ports, &vault.keys, self.names.lock(id), self.events).await?),
            None => None,
        };
        let files = Files {
            dir: vault
                .accounts
                .join(account.map_or_else(|| GUEST.to_owned(), |id: AccountId| id.to_string())),
            keys: vault.keys.clone(),
            key_name: self.names.database(account),
            fresh_key: DatabaseKey::random(self.ports.random.as_ref()),
            now: self.ports.clock.now(),
        };
        let dir = files.dir.clone();
        let opened = off_thread(move || files.open()).await?;
        let engine = Engine::new(EngineParts {
            ports: self.ports.clone(),
            store: opened.store.clone(),
            session: session.clone(),
            root: self.root,
            search_text,
            events: self.events.clone(),
        });
        if let Some(name) = &opened.set_aside {
            tracing::error!(file = name.as_str(), "an outbox that cannot be read was set aside");
        }
        tracing::info!(instance = self.config.instance.as_str(), signed_in = session.is_some(), "files open");
        let (store, set_aside) = (opened.store, opened.set_aside);
        Ok(Active { session, store, engine: Arc::new(engine), set_aside, dir, lock })
    }
}

struct Files {
    dir: PathBuf,
    keys: Arc<dyn KeyStore>,
    key_name: String,
    fresh_key: DatabaseKey,
    now: citizen_contract::time::UtcMillis,
}

impl Files {
    fn open(self) -> Result<crate::store::Opened, StoreError> {
        let key = match DatabaseKey::find(self.keys.as_ref(), &self.key_name)? {
            Some(key) => key,
            None => {
                self.fresh_key.keep(self.keys.as_ref(), &self.key_name)?;
                self.fresh_key
            }
        };
        let schemas = Schemas { outbox: outbox::MIGRATIONS, cache: sync::MIGRATIONS };
        let opened = AccountStore::open(&self.dir, &key, schemas, true, self.now)?;
        // The lock of the data directory is held: no other sender is alive.
        match lease::clear(&opened.store.outbox) {
            // On a full disk the lease runs out by itself; the person must see drafts and outbox.
            Ok(()) | Err(outbox::OutboxError::Store(StoreError::Full)) => {
                // What a crash left behind between a file and its row.
                outbox::sweep(&opened.store.outbox);
                Ok(opened)
            }
            Err(outbox::OutboxError::Store(error)) => Err(error),
            Err(_) => Err(StoreError::Shape),
        }
    }
}

fn search_text(kind: &str, body: &serde_json::Value) -> String {
    if kind == reports::KIND { reports::search_text(body) } else { String::new() }
}
