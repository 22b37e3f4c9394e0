//! A device's key store that can be taken away, locked or emptied, as real ones are.

use std::sync::{Mutex, MutexGuard, PoisonError};

use citizen_core::ports::{KeyStore, KeyStoreError, MemoryKeyStore, Secret};

/// How the key store is today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum KeyMood {
    /// As promised.
    #[default]
    Works,
    /// Not there, or not running.
    Missing,
    /// There, but locked.
    Locked,
    /// Reads, and keeps nothing more after so many more changes.
    FailsAfter(usize),
}

#[derive(Default)]
struct State {
    mood: KeyMood,
    /// Everything that was ever kept.
    kept: Vec<Secret>,
    /// Names that exist, and that once existed.
    names: Vec<String>,
}

/// A key store that outlives the app, and does what a test says.
pub struct SwitchedKeys {
    inner: MemoryKeyStore,
    state: Mutex<State>,
}

impl Default for SwitchedKeys {
    fn default() -> Self {
        Self { inner: MemoryKeyStore::lasting(), state: Mutex::default() }
    }
}

impl SwitchedKeys {
    /// From now on it behaves like this.
    pub fn is_now(&self, mood: KeyMood) {
        self.state().mood = mood;
    }

    /// Somebody deletes all that is in it.
    ///
    /// # Panics
    /// Never: the memory under it works.
    pub fn is_emptied(&self) {
        let names = std::mem::take(&mut self.state().names);
        for name in names {
            self.inner.delete(&name).expect("memory forgets");
        }
    }

    /// Every secret that was ever kept here, as it was kept.
    #[must_use]
    pub fn ever_kept(&self) -> Vec<Secret> {
        self.state().kept.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn may_read(&self) -> Result<(), KeyStoreError> {
        match self.state().mood {
            KeyMood::Missing => Err(KeyStoreError::Unavailable),
            KeyMood::Locked => Err(KeyStoreError::Refused),
            KeyMood::Works | KeyMood::FailsAfter(_) => Ok(()),
        }
    }

    fn may_change(&self) -> Result<(), KeyStoreError> {
        self.may_read()?;
        let mut state = self.state();
        match state.mood {
            KeyMood::FailsAfter(0) => Err(KeyStoreError::Refused),
            KeyMood::FailsAfter(more) => {
                state.mood = KeyMood::FailsAfter(more - 1);
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

impl KeyStore for SwitchedKeys {
    fn get(&self, name: &str) -> Result<Option<Secret>, KeyStoreError> {
        self.may_read()?;
        self.inner.get(name)
    }

    fn set(&self, name: &str, secret: &[u8]) -> Result<(), KeyStoreError> {
        self.may_change()?;
        {
            let mut state = self.state();
            state.kept.push(Secret::new(secret.to_vec()));
            state.names.push(name.to_owned());
        }
        self.inner.set(name, secret)
    }

    fn delete(&self, name: &str) -> Result<(), KeyStoreError> {
        self.may_change()?;
        self.inner.delete(name)
    }

    fn outlives_the_process(&self) -> bool {
        true
    }
}
