//! The place where this device keeps secrets: database keys and session tokens.

use std::collections::HashMap;
use std::sync::Mutex;

use zeroize::Zeroizing;

/// Secret bytes that are wiped when dropped.
pub type Secret = Zeroizing<Vec<u8>>;

/// Why the key store gave no answer. It is never a reason to take an entry for missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyStoreError {
    /// This device has no safe place, or it is not running.
    #[error("this device has no key store")]
    Unavailable,
    /// There is one, but it is locked or refused.
    #[error("the key store refused")]
    Refused,
}

/// Keeps small secrets by name. Calls may block (a desktop asks over its bus), so the core makes
/// them off its async threads.
pub trait KeyStore: Send + Sync {
    /// The secret under `name`, or `None` if the store is sure that there is none.
    ///
    /// # Errors
    /// [`KeyStoreError`] if the store cannot tell.
    fn get(&self, name: &str) -> Result<Option<Secret>, KeyStoreError>;

    /// Keeps `secret` under `name`, replacing an earlier one.
    ///
    /// # Errors
    /// [`KeyStoreError`] if it could not be kept.
    fn set(&self, name: &str, secret: &[u8]) -> Result<(), KeyStoreError>;

    /// Forgets `name`; a missing entry is no error.
    ///
    /// # Errors
    /// [`KeyStoreError`] if the store cannot tell.
    fn delete(&self, name: &str) -> Result<(), KeyStoreError>;

    /// Whether secrets outlive the process. If not, what they lock is lost with it, and the person
    /// is told so.
    fn outlives_the_process(&self) -> bool {
        true
    }
}

/// Keeps secrets until the process ends: for tests, and where a person chose "this session only".
#[derive(Default)]
pub struct MemoryKeyStore {
    entries: Mutex<HashMap<String, Secret>>,
    lasting: bool,
}

impl MemoryKeyStore {
    /// A store that stands in for one that outlives the process, for tests that open files again.
    #[must_use]
    pub fn lasting() -> Self {
        Self { lasting: true, ..Self::default() }
    }
}

impl KeyStore for MemoryKeyStore {
    fn get(&self, name: &str) -> Result<Option<Secret>, KeyStoreError> {
        let entries = self.entries.lock().map_err(|_| KeyStoreError::Refused)?;
        Ok(entries.get(name).cloned())
    }

    fn set(&self, name: &str, secret: &[u8]) -> Result<(), KeyStoreError> {
        let mut entries = self.entries.lock().map_err(|_| KeyStoreError::Refused)?;
        entries.insert(name.to_owned(), Zeroizing::new(secret.to_vec()));
        Ok(())
    }

    fn delete(&self, name: &str) -> Result<(), KeyStoreError> {
        self.entries.lock().map_err(|_| KeyStoreError::Refused)?.remove(name);
        Ok(())
    }

    fn outlives_the_process(&self) -> bool {
        self.lasting
    }
}
