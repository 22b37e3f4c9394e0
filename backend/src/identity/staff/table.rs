//! Rows of second factors.

use citizen_contract::ids::AccountId;
use citizen_contract::time::UtcMillis;

use crate::db::{DbError, Tx};
use crate::params;

/// Wrong codes within one window before no more are taken.
const MOST_FAILURES: i64 = 20;
/// How long the window of wrong codes lasts.
const WINDOW_MS: i64 = 60 * 60 * 1000;

/// A second factor.
pub(super) struct FactorRow {
    pub(super) secret_sealed: Vec<u8>,
    pub(super) enrolled_at: Option<i64>,
    pub(super) last_step: i64,
    failures: i64,
    failures_since: i64,
}

impl FactorRow {
    /// How long no codes are taken because too many were wrong.
    pub(super) fn wait_ms(&self, now: UtcMillis) -> Option<i64> {
        let over = self.failures_since.saturating_add(WINDOW_MS);
        (self.failures >= MOST_FAILURES && now.0 < over)
            .then(|| over.saturating_sub(now.0).clamp(1, WINDOW_MS))
    }
}

/// The factor of an account, confirmed or not.
pub(super) fn load(tx: &mut Tx<'_>, account: AccountId) -> Result<Option<FactorRow>, DbError> {
    tx.query_opt(
        "SELECT secret_sealed, enrolled_at, last_step, failures, failures_since FROM staff_factors \
         WHERE account_id = ?1",
        params![account.to_string()],
        |row| {
            Ok(FactorRow {
                secret_sealed: row.bytes(0)?,
                enrolled_at: row.opt_int(1)?,
                last_step: row.int(2)?,
                failures: row.int(3)?,
                failures_since: row.int(4)?,
            })
        },
    )
}

/// A secret that waits for its confirmation, and the recovery codes that come with it.
pub(super) fn begin(
    tx: &mut Tx<'_>,
    account: AccountId,
    secret_sealed: &[u8],
    codes: &[[u8; 32]],
    now: UtcMillis,
) -> Result<(), DbError> {
    remove(tx, account)?;
    tx.execute(
        "INSERT INTO staff_factors (account_id, secret_sealed, last_step, failures, failures_since) \
         VALUES (?1, ?2, 0, 0, ?3)",
        params![account.to_string(), secret_sealed, now.0],
    )?;
    for code in codes {
        tx.execute(
            "INSERT INTO staff_recovery_codes (account_id, code_hash) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            params![account.to_string(), code],
        )?;
    }
    Ok(())
}

/// Takes the factor and its recovery codes away, and what devices remember of it.
pub(super) fn remove(tx: &mut Tx<'_>, account: AccountId) -> Result<(), DbError> {
    let account = account.to_string();
    for sql in [
        "DELETE FROM staff_factors WHERE account_id = ?1",
        "DELETE FROM staff_recovery_codes WHERE account_id = ?1",
        "UPDATE devices SET factor_at = NULL WHERE account_id = ?1 AND factor_at IS NOT NULL",
    ] {
        tx.execute(sql, params![account.as_str()])?;
    }
    Ok(())
}

/// A right code: its step serves no more. With `enrolled` the factor counts from now on.
pub(super) fn passed(
    tx: &mut Tx<'_>,
    account: AccountId,
    step: i64,
    enrolled: Option<UtcMillis>,
) -> Result<(), DbError> {
    tx.execute(
        "UPDATE staff_factors SET last_step = ?2, failures = 0, enrolled_at = COALESCE(enrolled_at, ?3) \
         WHERE account_id = ?1",
        params![account.to_string(), step, enrolled.map(|at| at.0)],
    )
    .map(|_| ())
}

/// A wrong code.
pub(super) fn failed(tx: &mut Tx<'_>, account: AccountId, now: UtcMillis) -> Result<(), DbError> {
    tx.execute(
        "UPDATE staff_factors SET failures = CASE WHEN failures_since > ?2 THEN failures + 1 ELSE 1 END, \
         failures_since = CASE WHEN failures_since > ?2 THEN failures_since ELSE ?3 END \
         WHERE account_id = ?1",
        params![account.to_string(), now.0.saturating_sub(WINDOW_MS), now.0],
    )
    .map(|_| ())
}

/// Uses a recovery code up; answers whether it was one.
pub(super) fn recover(
    tx: &mut Tx<'_>,
    account: AccountId,
    hash: &[u8; 32],
    now: UtcMillis,
) -> Result<bool, DbError> {
    let used = tx.execute(
        "UPDATE staff_recovery_codes SET used_at = ?3 WHERE account_id = ?1 AND code_hash = ?2 \
         AND used_at IS NULL",
        params![account.to_string(), hash, now.0],
    )?;
    Ok(used == 1)
}
