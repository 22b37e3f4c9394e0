//! Migrations: dated, additive, each in its own transaction together with its number.

use rusqlite::{Connection, TransactionBehavior};

use super::StoreError;

/// One additive step. Once released it never changes; a newer file still opens in an older program.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// The day it was written and what it adds, such as `2026-11-22 drafts`.
    pub name: &'static str,
    /// The statements.
    pub sql: &'static str,
}

/// Brings `connection` from whatever it is to the end of `migrations`.
pub(super) fn apply(connection: &mut Connection, migrations: &[Migration]) -> Result<(), StoreError> {
    loop {
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done: u32 = tx.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        let next = usize::try_from(done).map_err(|_| StoreError::Shape)?;
        let Some(migration) = migrations.get(next) else { return Ok(()) };
        tx.execute_batch(migration.sql)?;
        tx.pragma_update(None, "user_version", done.saturating_add(1))?;
        tx.commit()?;
        tracing::info!(migration = migration.name, "store migrated");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: &[Migration] = &[
        Migration { name: "first", sql: "CREATE TABLE a (x INTEGER NOT NULL) STRICT;" },
        Migration { name: "second", sql: "ALTER TABLE a ADD COLUMN y INTEGER NOT NULL DEFAULT 7;" },
    ];

    #[test]
    fn an_older_file_keeps_its_rows_and_gains_the_columns() {
        let mut db = Connection::open_in_memory().unwrap();
        apply(&mut db, &STEPS[..1]).unwrap();
        db.execute("INSERT INTO a (x) VALUES (1)", []).unwrap();
        apply(&mut db, STEPS).unwrap();
        apply(&mut db, STEPS).unwrap();
        let row: (i64, i64) = db.query_row("SELECT x, y FROM a", [], |r| Ok((r.get(0)?, r.get(1)?))).unwrap();
        assert_eq!(row, (1, 7));
    }

    #[test]
    fn a_step_that_fails_leaves_the_file_at_the_step_before() {
        let mut db = Connection::open_in_memory().unwrap();
        let broken =
            Migration { name: "broken", sql: "CREATE TABLE b (x INTEGER) STRICT; SELECT nonsense();" };
        assert!(apply(&mut db, &[STEPS[0], broken]).is_err());
        let (version, tables): (i64, i64) = db
            .query_row(
                "SELECT user_version, (SELECT count(*) FROM sqlite_master) FROM pragma_user_version",
                [],
                |r| Ok((r.get(0)?, r.get(1)?)),
            )
            .unwrap();
        assert_eq!((version, tables), (1, 1));
    }
}
