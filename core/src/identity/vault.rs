//! A key store in a file, locked with a passphrase, for devices that have none of their own.

use std::path::Path;

use rusqlite::{OptionalExtension as _, params};
use zeroize::Zeroizing;

use crate::ports::{KeyStore, KeyStoreError, Random, Secret};
use crate::store::{Database, Durability, Migration, PassphraseFile, StoreError};

const MIGRATIONS: &[Migration] = &[Migration {
    name: "2026-11-22 secrets",
    sql: "CREATE TABLE secrets (name TEXT NOT NULL PRIMARY KEY, secret BLOB NOT NULL) STRICT;",
}];

/// Secrets in an encrypted file.
pub struct PassphraseVault(Database);

impl PassphraseVault {
    /// Opens the vault of a data directory, making it if there is none.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] for a wrong passphrase.
    pub fn open(data_dir: &Path, passphrase: &str, random: &dyn Random) -> Result<Self, StoreError> {
        let file = match PassphraseFile::find(data_dir)? {
            Some(file) => file,
            None => PassphraseFile::create(data_dir, random)?,
        };
        let key = file.key(passphrase)?;
        Ok(Self(Database::open(&data_dir.join("keys.db"), &key, Durability::Full, MIGRATIONS)?))
    }
}

impl KeyStore for PassphraseVault {
    fn get(&self, name: &str) -> Result<Option<Secret>, KeyStoreError> {
        let sql = "SELECT secret FROM secrets WHERE name = ?1";
        let read = |tx: &rusqlite::Transaction<'_>| -> Result<Option<Vec<u8>>, StoreError> {
            Ok(tx.query_row(sql, [name], |row| row.get(0)).optional()?)
        };
        Ok(self.0.read(read).map_err(|_| KeyStoreError::Refused)?.map(Zeroizing::new))
    }

    fn set(&self, name: &str, secret: &[u8]) -> Result<(), KeyStoreError> {
        let sql = "INSERT INTO secrets (name, secret) VALUES (?1, ?2)
                   ON CONFLICT (name) DO UPDATE SET secret = excluded.secret";
        let write = |tx: &rusqlite::Transaction<'_>| -> Result<(), StoreError> {
            tx.execute(sql, params![name, secret])?;
            Ok(())
        };
        self.0.write(write).map_err(|_| KeyStoreError::Refused)
    }

    fn delete(&self, name: &str) -> Result<(), KeyStoreError> {
        let write = |tx: &rusqlite::Transaction<'_>| -> Result<(), StoreError> {
            tx.execute("DELETE FROM secrets WHERE name = ?1", [name])?;
            Ok(())
        };
        self.0.write(write).map_err(|_| KeyStoreError::Refused)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::SeededRandom;

    #[test]
    fn the_right_passphrase_opens_and_a_wrong_one_changes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let random = SeededRandom::new(5);
        let open = |words| PassphraseVault::open(dir.path(), words, &random);
        open("ba con vịt bơi sông Cấm").unwrap().set("khóa", b"secret").unwrap();
        assert!(matches!(open("bốn con vịt"), Err(StoreError::Unreadable)));
        let kept = open("ba con vịt bơi sông Cấm").unwrap().get("khóa").unwrap();
        assert_eq!(kept.unwrap().as_slice(), b"secret");
    }
}
