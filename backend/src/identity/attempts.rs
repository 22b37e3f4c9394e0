//! How often a number may be tried. Known and unknown numbers are counted alike.

use citizen_contract::time::UtcMillis;

use crate::db::{DbError, Tx};
use crate::params;

/// Tries in one window before the door closes until its end.
pub(super) const MOST: i64 = 10;
/// How long a window lasts.
const WINDOW_MS: i64 = 15 * 60 * 1000;

/// Counts a try before the password is looked at, so that parallel tries cannot slip through.
/// Answers the seconds to wait if it is one too many.
pub(super) fn count(tx: &mut Tx<'_>, number_hash: &[u8; 32], now: UtcMillis) -> Result<Option<u32>, DbError> {
    let oldest = now.0.saturating_sub(WINDOW_MS);
    let (started, attempts) = tx.query_one(
        "INSERT INTO sign_in_attempts (number_hash, window_started_at, attempts) VALUES (?1, ?2, 1) \
         ON CONFLICT (number_hash) DO UPDATE SET \
         attempts = CASE WHEN sign_in_attempts.window_started_at <= ?3 THEN 1 \
           ELSE sign_in_attempts.attempts + 1 END, \
         window_started_at = CASE WHEN sign_in_attempts.window_started_at <= ?3 THEN ?2 \
           ELSE sign_in_attempts.window_started_at END \
         RETURNING window_started_at, attempts",
        params![number_hash, now.0, oldest],
        |row| Ok((row.int(0)?, row.int(1)?)),
    )?;
    if attempts <= MOST {
        return Ok(None);
    }
    let left = started.saturating_add(WINDOW_MS).saturating_sub(now.0);
    // A clock that was set back must not close the door for years.
    Ok(Some(u32::try_from(left.clamp(0, WINDOW_MS) / 1000 + 1).unwrap_or(1)))
}

/// Forgets the tries of somebody who got in.
pub(super) fn forget(tx: &mut Tx<'_>, number_hash: &[u8; 32]) -> Result<(), DbError> {
    tx.execute("DELETE FROM sign_in_attempts WHERE number_hash = ?1", params![number_hash]).map(|_| ())
}

/// Removes counts whose window is over; they say nothing any more.
pub(super) fn sweep(tx: &mut Tx<'_>, now: UtcMillis) -> Result<(), DbError> {
    let oldest = now.0.saturating_sub(WINDOW_MS);
    tx.execute("DELETE FROM sign_in_attempts WHERE window_started_at <= ?1", params![oldest]).map(|_| ())
}
