//! How many cards one official may look up: enough for a busy counter, too few to try numbers out.

use citizen_contract::time::UtcMillis;

use crate::db::{DbError, Tx};
use crate::params;

const WINDOW_MS: i64 = 60 * 60 * 1000;
/// Looks of one official within an hour.
const LOOKS: i64 = 90;
/// Looks within an hour that found no account or another name.
const MISSES: i64 = 20;

/// Whether an official may look once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Admission {
    /// It is counted.
    Yes,
    /// It is not counted.
    TooOften {
        /// When the window ends.
        retry_after_s: u32,
    },
}

/// Counts a look, if there is one left.
pub(super) fn admit(tx: &mut Tx<'_>, official: &str, now: UtcMillis) -> Result<Admission, DbError> {
    let since = now.0.saturating_sub(WINDOW_MS);
    tx.execute(
        "INSERT INTO card_check_counts (account_id, window_started_at, tries, misses) VALUES (?1, ?2, 0, 0) \
         ON CONFLICT (account_id) DO UPDATE SET window_started_at = excluded.window_started_at, tries = 0, \
         misses = 0 WHERE card_check_counts.window_started_at <= ?3",
        params![official, now.0, since],
    )?;
    let counted = tx.execute(
        "UPDATE card_check_counts SET tries = tries + 1 \
         WHERE account_id = ?1 AND tries < ?2 AND misses < ?3",
        params![official, LOOKS, MISSES],
    )?;
    if counted == 1 {
        return Ok(Admission::Yes);
    }
    let started = tx.query_one(
        "SELECT window_started_at FROM card_check_counts WHERE account_id = ?1",
        params![official],
        |row| row.int(0),
    )?;
    let left_ms = started.saturating_add(WINDOW_MS).saturating_sub(now.0).max(1000);
    Ok(Admission::TooOften { retry_after_s: u32::try_from(left_ms / 1000).unwrap_or(u32::MAX) })
}

/// The look that was counted found nothing.
pub(super) fn missed(tx: &mut Tx<'_>, official: &str) -> Result<(), DbError> {
    tx.execute("UPDATE card_check_counts SET misses = misses + 1 WHERE account_id = ?1", params![official])
        .map(|_| ())
}
