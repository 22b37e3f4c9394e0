//! How often a number may be tried, and from where. Known and unknown numbers are counted alike.
//!
//! The door that closes is the one of a number *from one network*, so that nobody can keep somebody
//! else out by trying that person's number. Tries from everywhere together only slow down the networks
//! from which nobody is signed in under that number: each waits for its own turn, and the longer the
//! more tries there were, but no turn can be taken away by others. Sessions go on without a word of this.

use citizen_contract::time::UtcMillis;

use super::origin::OriginHash;
use crate::db::{DbError, Tx};
use crate::params;

/// Tries from one network in one window before the door closes until its end.
const FROM_ONE: i64 = 10;
/// How long a network's window lasts.
const ONE_MS: i64 = 15 * 60 * 1000;
/// Tries from all networks in one window before strangers begin to wait.
const FROM_ALL: i64 = 20;
/// How long the window of all networks lasts.
const ALL_MS: i64 = 60 * 60 * 1000;
/// How much longer each further try makes the wait.
const STEP_MS: i64 = 1000;
/// The longest wait of a stranger; well inside a network's window.
const LONGEST_MS: i64 = 5 * 60 * 1000;

/// Who is tried, and from where.
#[derive(Debug, Clone, Copy)]
pub(super) struct Try {
    pub(super) number: [u8; 32],
    pub(super) origin: OriginHash,
    pub(super) now: UtcMillis,
}

/// What is known of one number from one network.
#[derive(Debug, Clone, Copy, Default)]
struct Standing {
    started: i64,
    attempts: i64,
    /// When this network's turn comes; 0 if it was never made to wait.
    turn: i64,
}

impl Try {
    /// Counts a try before the password is looked at, so that parallel tries cannot slip through.
    /// Answers the milliseconds to wait if it may not be made now; such a one is not counted.
    pub(super) fn admit(&self, tx: &mut Tx<'_>) -> Result<Option<i64>, DbError> {
        let now = self.now.0;
        let fresh = Standing { started: now, ..Standing::default() };
        let standing = self.standing(tx)?.unwrap_or(fresh);
        if standing.attempts >= FROM_ONE {
            // A clock that was set back must not close the door for years.
            return Ok(Some(standing.started.saturating_add(ONE_MS).saturating_sub(now).clamp(1, ONE_MS)));
        }
        let delay = if self.is_at_home(tx)? { 0 } else { delay(self.everywhere(tx)?) };
        if delay > 0 && (standing.turn == 0 || now < standing.turn) {
            let turn = if standing.turn == 0 { now.saturating_add(delay) } else { standing.turn };
            self.keep(tx, Standing { turn, ..standing })?;
            return Ok(Some(turn.saturating_sub(now).clamp(1, LONGEST_MS)));
        }
        let turn = if delay > 0 { now.saturating_add(delay) } else { 0 };
        self.keep(tx, Standing { attempts: standing.attempts.saturating_add(1), turn, ..standing })?;
        tx.execute(
            "INSERT INTO sign_in_attempts (number_hash, window_started_at, attempts) VALUES (?1, ?2, 1) \
             ON CONFLICT (number_hash) DO UPDATE SET attempts = sign_in_attempts.attempts + 1",
            params![&self.number, now],
        )?;
        Ok(None)
    }

    fn standing(&self, tx: &mut Tx<'_>) -> Result<Option<Standing>, DbError> {
        tx.query_opt(
            "SELECT window_started_at, attempts, turn_at FROM sign_in_origins \
             WHERE number_hash = ?1 AND origin_hash = ?2",
            params![&self.number, &self.origin],
            |row| Ok(Standing { started: row.int(0)?, attempts: row.int(1)?, turn: row.int(2)? }),
        )
    }

    fn keep(&self, tx: &mut Tx<'_>, standing: Standing) -> Result<(), DbError> {
        tx.execute(
            "INSERT INTO sign_in_origins (number_hash, origin_hash, window_started_at, attempts, turn_at) \
             VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (number_hash, origin_hash) \
             DO UPDATE SET attempts = ?4, turn_at = ?5",
            params![&self.number, &self.origin, standing.started, standing.attempts, standing.turn],
        )
        .map(|_| ())
    }

    /// Tries of this number from everywhere.
    fn everywhere(&self, tx: &mut Tx<'_>) -> Result<i64, DbError> {
        let attempts = tx.query_opt(
            "SELECT attempts FROM sign_in_attempts WHERE number_hash = ?1",
            params![&self.number],
            |row| row.int(0),
        )?;
        Ok(attempts.unwrap_or(0))
    }

    /// Whether somebody is signed in under this number from this network: then this is no stranger.
    fn is_at_home(&self, tx: &mut Tx<'_>) -> Result<bool, DbError> {
        let sessions = tx.query(
            "SELECT 1 FROM sessions JOIN accounts ON accounts.id = sessions.account_id \
             WHERE accounts.number_hash = ?1 AND sessions.origin_hash = ?2 \
             AND sessions.revoked_at IS NULL AND sessions.ends_at > ?3 LIMIT 1",
            params![&self.number, &self.origin, self.now.0],
            |row| row.int(0),
        )?;
        Ok(!sessions.is_empty())
    }

    /// Forgets the tries of somebody who got in; those of others go on counting.
    pub(super) fn forget(&self, tx: &mut Tx<'_>) -> Result<(), DbError> {
        let own = self.standing(tx)?.map_or(0, |standing| standing.attempts);
        tx.execute(
            "UPDATE sign_in_attempts SET attempts = attempts - ?2 WHERE number_hash = ?1 AND attempts >= ?2",
            params![&self.number, own],
        )?;
        tx.execute(
            "DELETE FROM sign_in_origins WHERE number_hash = ?1 AND origin_hash = ?2",
            params![&self.number, &self.origin],
        )
        .map(|_| ())
    }

    /// Removes counts whose window is over; they say nothing any more.
    pub(super) fn sweep(&self, tx: &mut Tx<'_>) -> Result<(), DbError> {
        for (table, window) in [("sign_in_attempts", ALL_MS), ("sign_in_origins", ONE_MS)] {
            let oldest = self.now.0.saturating_sub(window);
            tx.execute(&format!("DELETE FROM {table} WHERE window_started_at <= ?1"), params![oldest])?;
        }
        Ok(())
    }
}

/// How long a stranger waits after so many tries.
fn delay(tries: i64) -> i64 {
    tries.saturating_sub(FROM_ALL).saturating_add(1).saturating_mul(STEP_MS).clamp(0, LONGEST_MS)
}
