//! A key store in plain files, so that a process can be killed and another goes on. Only for tests.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use citizen_core::ports::{KeyStore, KeyStoreError, Secret};

/// One file a secret. Replacing is atomic and synced, as real key stores promise it.
pub struct KeyFiles(PathBuf);

impl KeyFiles {
    /// The store in `folder`.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn open(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Self(folder.to_path_buf()))
    }

    fn path(&self, name: &str) -> PathBuf {
        // Names hold slashes and colons; a file name must not.
        let name: Vec<String> = name.bytes().map(|byte| format!("{byte:02x}")).collect();
        self.0.join(name.concat())
    }

    fn replace(&self, name: &str, secret: &[u8]) -> io::Result<()> {
        let (path, fresh) = (self.path(name), self.path(name).with_extension("new"));
        let mut file = File::create(&fresh)?;
        file.write_all(secret)?;
        file.sync_all()?;
        fs::rename(&fresh, &path)?;
        File::open(&self.0)?.sync_all()
    }
}

impl KeyStore for KeyFiles {
    fn get(&self, name: &str) -> Result<Option<Secret>, KeyStoreError> {
        match fs::read(self.path(name)) {
            Ok(secret) => Ok(Some(secret.into())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(_) => Err(KeyStoreError::Refused),
        }
    }

    fn set(&self, name: &str, secret: &[u8]) -> Result<(), KeyStoreError> {
        self.replace(name, secret).map_err(|_| KeyStoreError::Refused)
    }

    fn delete(&self, name: &str) -> Result<(), KeyStoreError> {
        match fs::remove_file(self.path(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(KeyStoreError::Refused),
            _ => Ok(()),
        }
    }
}
