//! Dated, additive migrations: each slice keeps its own list beside its tables.

use super::dialect;
use super::error::{DbError, WriteError};
use super::open::Db;
use super::tx::Tx;
use crate::params;

/// One step of a slice's schema. Once released neither its id nor its text changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Migration {
    /// `2024-04-01-feeds`: the date, then what; unique over all slices.
    pub id: &'static str,
    /// Statements in the common dialect: `INTEGER`, `TEXT`, `BLOB` in capitals, `?` never.
    pub sql: &'static str,
}

/// The schema could not be brought up to date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MigrateError {
    /// A released migration was edited.
    #[error("migration {0} was applied with another text")]
    Changed(String),
    /// Two migrations have one id.
    #[error("two migrations are called {0}")]
    Twice(String),
    /// A migration failed; it left nothing behind.
    #[error("migration {id}: {error}")]
    Failed {
        /// The migration's id.
        id: String,
        /// Why.
        error: DbError,
    },
    /// The table of applied migrations is out of reach.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl Db {
    /// Applies those of `migrations` that are missing, in the order given, each in its own
    /// transaction. Several processes may do so at once. Answers how many were applied.
    pub async fn migrate(&self, migrations: &[Migration]) -> Result<usize, MigrateError> {
        for (at, migration) in migrations.iter().enumerate() {
            if migrations.iter().take(at).any(|earlier| earlier.id == migration.id) {
                return Err(MigrateError::Twice(migration.id.to_owned()));
            }
        }
        self.make_table().await?;
        let mut applied = 0;
        for migration in migrations.iter().copied() {
            let fresh =
                self.write(move |tx| apply(tx, migration)).await.map_err(|error| match error.flatten() {
                    MigrateError::Db(error) => MigrateError::Failed { id: migration.id.to_owned(), error },
                    other => other,
                })?;
            applied += usize::from(fresh);
        }
        Ok(applied)
    }

    async fn make_table(&self) -> Result<(), DbError> {
        let make = |tx: &mut Tx<'_>| {
            run(tx, "CREATE TABLE IF NOT EXISTS schema_migrations (id TEXT PRIMARY KEY, sql TEXT NOT NULL)")
        };
        // Two processes that make the table at once: PostgreSQL fails one of them, which then finds it.
        if let Err(WriteError::Storage(_)) = self.write(make).await.or_else(once_more) {
            return self.write(make).await.map_err(WriteError::flatten);
        }
        Ok(())
    }
}

fn once_more(error: WriteError<DbError>) -> Result<(), WriteError<DbError>> {
    Err(WriteError::Storage(error.flatten()))
}

/// The row goes first: a second process waits at it and then finds the work done.
fn apply(tx: &mut Tx<'_>, migration: Migration) -> Result<bool, MigrateError> {
    let inserted = tx.execute(
        "INSERT INTO schema_migrations (id, sql) VALUES (?1, ?2) ON CONFLICT (id) DO NOTHING",
        params![migration.id, migration.sql],
    )?;
    if inserted == 0 {
        let was =
            tx.query_one("SELECT sql FROM schema_migrations WHERE id = ?1", params![migration.id], |row| {
                row.text(0)
            })?;
        return if was == migration.sql {
            Ok(false)
        } else {
            Err(MigrateError::Changed(migration.id.to_owned()))
        };
    }
    run(tx, migration.sql)?;
    Ok(true)
}

fn run(tx: &mut Tx<'_>, sql: &str) -> Result<(), DbError> {
    for statement in dialect::statements(sql, tx.engine()) {
        tx.execute(&statement, params![])?;
    }
    Ok(())
}
