//! One encrypted database file with one writer and one reader.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::{DatabaseKey, Migration, SealedFiles, StoreError, migrate};

/// How much a file fears the loss of power.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Every commit reaches the disk before it returns (`synchronous=FULL`).
    Full,
    /// The last commits may be lost with the power, never the file (`synchronous=NORMAL`).
    Normal,
}

/// An open file. Its methods block; call them inside [`super::off_thread`] from async code.
pub struct Database {
    writer: Mutex<Connection>,
    reader: Mutex<Connection>,
    sealed: SealedFiles,
}

impl Database {
    /// Opens or makes the file and migrates it.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] if the key does not open the file.
    pub fn open(
        path: &Path,
        key: &DatabaseKey,
        durability: Durability,
        migrations: &[Migration],
    ) -> Result<Self, StoreError> {
        if rusqlite::version_number() < 3_051_003 {
            return Err(StoreError::SqliteTooOld);
        }
        let mut writer = connect(path, key, durability)?;
        migrate::apply(&mut writer, migrations)?;
        let reader = connect(path, key, durability)?;
        reader.pragma_update(None, "query_only", true)?;
        let sealed = SealedFiles::beside(path, key);
        Ok(Self { writer: Mutex::new(writer), reader: Mutex::new(reader), sealed })
    }

    /// Runs `work` in one transaction that commits if and only if it returns `Ok`.
    ///
    /// # Errors
    /// The error of `work`, or a [`StoreError`] if the commit failed; then nothing was kept.
    pub fn write<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = own(&self.writer);
        let tx =
            connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(StoreError::from)?;
        let value = work(&tx)?;
        tx.commit().map_err(StoreError::from)?;
        Ok(value)
    }

    /// Runs `work` on one snapshot.
    ///
    /// # Errors
    /// The error of `work`, or a [`StoreError`] if the file cannot be read.
    pub fn read<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = own(&self.reader);
        let tx = connection.transaction().map_err(StoreError::from)?;
        work(&tx)
    }

    /// The sealed files that rows of this database name. Write and remove them inside
    /// [`Database::write`], so that nobody sweeps a file whose row is about to commit.
    #[must_use]
    pub fn sealed(&self) -> &SealedFiles {
        &self.sealed
    }

    /// Limits the file to so many pages, and each sealed file to what they leave, as a full disk
    /// would: for tests of full disks.
    ///
    /// # Errors
    /// [`StoreError`] if SQLite refuses.
    pub fn limit_pages(&self, pages: u32) -> Result<(), StoreError> {
        let room = pages.saturating_sub(self.pages()?);
        own(&self.writer).pragma_update(None, "max_page_count", pages)?;
        self.sealed.limit(u64::from(room).saturating_mul(4096));
        Ok(())
    }

    /// The size of the file in pages.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be read.
    pub fn pages(&self) -> Result<u32, StoreError> {
        Ok(own(&self.writer).query_row("PRAGMA page_count", [], |row| row.get(0))?)
    }
}

/// A panic inside a transaction rolled it back, so the connection is still sound.
fn own(connection: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}

fn connect(path: &Path, key: &DatabaseKey, durability: Durability) -> Result<Connection, StoreError> {
    let connection = Connection::open(path)?;
    // SQLCipher would print to standard error; a wrong key is an answer here, not a fault.
    connection.execute_batch("PRAGMA cipher_log_level = NONE")?;
    connection.execute_batch(&key.pragma())?;
    // Reading the schema is the first use of the key: a wrong one shows here and nowhere later.
    connection.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get::<_, i64>(0))?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    let synchronous = match durability {
        Durability::Full => "FULL",
        Durability::Normal => "NORMAL",
    };
    connection.pragma_update(None, "synchronous", synchronous)?;
    Ok(connection)
}
