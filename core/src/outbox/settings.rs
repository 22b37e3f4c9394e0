//! Small facts that belong to an account on this device and cannot be fetched again.

use rusqlite::OptionalExtension as _;

use crate::store::{Database, StoreError};

/// The fact under `name`.
///
/// # Errors
/// [`StoreError`].
pub fn get(db: &Database, name: &str) -> Result<Option<String>, StoreError> {
    let sql = "SELECT value FROM settings WHERE name = ?1";
    db.read(|tx| Ok(tx.query_row(sql, [name], |row| row.get(0)).optional()?))
}

/// Keeps a fact under `name`.
///
/// # Errors
/// [`StoreError`].
pub fn set(db: &Database, name: &str, value: &str) -> Result<(), StoreError> {
    let sql = "INSERT INTO settings (name, value) VALUES (?1, ?2)
               ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    db.write(|tx| {
        tx.execute(sql, [name, value])?;
        Ok(())
    })
}
