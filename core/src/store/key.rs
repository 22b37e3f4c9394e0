//! Database keys: 256 random bits from the key store, or derived from a passphrase.

use std::path::{Path, PathBuf};

use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::StoreError;
use crate::ports::{KeyStore, Random};

/// A raw 256-bit key, wiped when dropped.
#[derive(Clone)]
pub struct DatabaseKey(Zeroizing<[u8; 32]>);

impl DatabaseKey {
    /// A fresh key that nobody has kept yet.
    #[must_use]
    pub fn random(random: &dyn Random) -> Self {
        Self(Zeroizing::new(random.bytes()))
    }

    /// The key under `name`; `None` if the key store is sure that it has none.
    ///
    /// # Errors
    /// [`StoreError::Keys`] if the key store cannot tell.
    pub fn find(keys: &dyn KeyStore, name: &str) -> Result<Option<Self>, StoreError> {
        let Some(secret) = keys.get(name)? else { return Ok(None) };
        let Ok(bytes) = <[u8; 32]>::try_from(secret.as_slice()) else {
            // It opens nothing and never will; a fresh key sets aside what lies there.
            tracing::error!("a kept key cannot be read");
            return Ok(None);
        };
        Ok(Some(Self(Zeroizing::new(bytes))))
    }

    /// Keeps the key under `name` and reads it back: a key that is not kept loses what it locks.
    ///
    /// # Errors
    /// [`StoreError::Keys`] if it was not kept.
    pub fn keep(&self, keys: &dyn KeyStore, name: &str) -> Result<(), StoreError> {
        keys.set(name, self.0.as_slice())?;
        match keys.get(name)? {
            Some(kept) if kept.as_slice() == self.0.as_slice() => Ok(()),
            _ => Err(StoreError::Keys(crate::ports::KeyStoreError::Refused)),
        }
    }

    /// A key of its own for `purpose`, so that one passphrase opens several files.
    #[must_use]
    pub fn derive(&self, purpose: &str) -> Self {
        use sha2::{Digest as _, Sha256};
        let digest =
            Sha256::new().chain_update(self.0.as_slice()).chain_update(purpose.as_bytes()).finalize();
        Self(Zeroizing::new(digest.into()))
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.0.as_slice()
    }

    /// The statement that opens a SQLCipher file with this raw key.
    pub(super) fn pragma(&self) -> Zeroizing<String> {
        let digits = Zeroizing::new(hex::encode(self.0.as_slice()));
        Zeroizing::new(format!("PRAGMA key = \"x'{}'\"", digits.as_str()))
    }
}

/// What must be kept beside passphrase-locked files: the salt, which is no secret.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PassphraseFile {
    salt: String,
    memory_kib: u32,
    passes: u32,
}

impl PassphraseFile {
    const MEMORY_KIB: u32 = 19 * 1024;
    const PASSES: u32 = 2;

    fn path(data_dir: &Path) -> PathBuf {
        data_dir.join("passphrase.json")
    }

    /// The file of this data directory, if a passphrase was chosen here.
    ///
    /// # Errors
    /// [`StoreError`] if it exists and cannot be read.
    pub fn find(data_dir: &Path) -> Result<Option<Self>, StoreError> {
        match std::fs::read(Self::path(data_dir)) {
            Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Chooses a salt and writes the file.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be written.
    pub fn create(data_dir: &Path, random: &dyn Random) -> Result<Self, StoreError> {
        let salt = hex::encode(random.bytes::<16>());
        let file = Self { salt, memory_kib: Self::MEMORY_KIB, passes: Self::PASSES };
        std::fs::write(Self::path(data_dir), serde_json::to_vec(&file)?)?;
        Ok(file)
    }

    /// The key that belongs to `passphrase` (Argon2id).
    ///
    /// # Errors
    /// [`StoreError::Shape`] if the file holds impossible parameters.
    pub fn key(&self, passphrase: &str) -> Result<DatabaseKey, StoreError> {
        let params = Params::new(self.memory_kib, self.passes, 1, Some(32)).map_err(|_| StoreError::Shape)?;
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.as_bytes(), self.salt.as_bytes(), key.as_mut_slice())
            .map_err(|_| StoreError::Shape)?;
        Ok(DatabaseKey(key))
    }
}
