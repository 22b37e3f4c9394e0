//! One sender at a time: who holds the lease may claim commands, everybody else waits.
//!
//! The lock of the data directory keeps other processes out; the lease keeps two workers on one
//! store apart. It expires, so that a worker that vanished stops nobody for long.

use citizen_contract::time::UtcMillis;
use rusqlite::{OptionalExtension as _, Transaction, params};

use super::{CommandState, OutboxError};
use crate::store::Database;

/// How long a lease lasts without being renewed; longer than any request may take.
pub const LEASE_MS: i64 = 120_000;

/// Takes or renews the lease for `holder`. Gives the time until which somebody else has it.
///
/// # Errors
/// [`OutboxError::Store`].
pub(super) fn take(
    tx: &Transaction<'_>,
    holder: &str,
    now: UtcMillis,
) -> Result<Option<UtcMillis>, OutboxError> {
    let current: Option<(String, i64)> = tx
        .query_row("SELECT holder, until FROM sender_lease", [], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((other, until)) = &current {
        // A lease that ends later than any lease can was written before the clock was set back.
        let live = *until > now.0 && *until <= now.plus_millis(LEASE_MS).0;
        if other != holder && live {
            return Ok(Some(UtcMillis(*until)));
        }
    }
    tx.execute(
        "INSERT INTO sender_lease (one, holder, until) VALUES (1, ?1, ?2)
         ON CONFLICT (one) DO UPDATE SET holder = excluded.holder, until = excluded.until",
        params![holder, now.plus_millis(LEASE_MS).0],
    )?;
    // Only the holder sends, one request at a time: what is still open here was left open by a
    // sender that vanished or whose store failed.
    reopen(tx)?;
    Ok(None)
}

/// Puts back what was left open. Its text may have arrived; sending it again is safe.
fn reopen(tx: &Transaction<'_>) -> Result<(), OutboxError> {
    tx.execute(
        "UPDATE commands SET state = ?1, exposed = 1 WHERE state = ?2",
        params![CommandState::Queued, CommandState::Sending],
    )?;
    Ok(())
}

/// Ends any lease. Only who holds the lock of the data directory may call it, before workers start.
///
/// # Errors
/// [`OutboxError::Store`].
pub fn clear(db: &Database) -> Result<(), OutboxError> {
    db.write(|tx| {
        tx.execute("DELETE FROM sender_lease", [])?;
        reopen(tx)
    })
}
