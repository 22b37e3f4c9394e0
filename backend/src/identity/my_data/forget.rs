//! The end of an account: its row keeps nothing but its id, which stands in the chains of reports and
//! is from then on a pseudonym of nobody.

use citizen_contract::ids::AccountId;
use citizen_contract::time::UtcMillis;

use crate::db::{DbError, Tx};
use crate::ledger::word;
use crate::params;

/// What was forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Forgotten {
    /// Devices.
    pub devices: u64,
    /// Sessions.
    pub sessions: u64,
}

/// Begins an erasure: nobody is signed in any more, and from now on it can only be gone through with.
///
/// # Errors
/// [`DbError`] of the room.
pub fn begin_erasing(tx: &mut Tx<'_>, account: &str, now: UtcMillis) -> Result<(), DbError> {
    tx.execute(
        "UPDATE accounts SET erasing_at = ?2 WHERE id = ?1 AND erasing_at IS NULL",
        params![account, now.0],
    )?;
    // Their devices are told why they are signed out, by the random id of a session only.
    tx.execute(
        "INSERT INTO erased_sessions (id, ends_at) SELECT id, ends_at FROM sessions WHERE account_id = ?1 \
         AND revoked_at IS NULL ON CONFLICT (id) DO NOTHING",
        params![account],
    )?;
    tx.execute(
        "UPDATE sessions SET revoked_at = ?2, successor_sealed = NULL \
         WHERE account_id = ?1 AND revoked_at IS NULL",
        params![account, now.0],
    )
    .map(|_| ())
}

/// Accounts whose erasure has begun and is not through.
///
/// # Errors
/// [`DbError`] of the room.
pub fn erasing(tx: &mut Tx<'_>) -> Result<Vec<AccountId>, DbError> {
    tx.query(
        "SELECT id FROM accounts WHERE erasing_at IS NOT NULL AND erased_at IS NULL ORDER BY erasing_at",
        params![],
        |row| word::id(&row.text(0)?, 0),
    )
}

/// Removes everything of this slice that is the person's. Of consents and wishes remains what the office
/// must be able to prove, under the pseudonym.
///
/// # Errors
/// [`DbError`] of the room.
pub fn forget(tx: &mut Tx<'_>, account: &str, now: UtcMillis) -> Result<Forgotten, DbError> {
    let (number, phone) = tx.query_one(
        "SELECT number_hash, phone_hash FROM accounts WHERE id = ?1",
        params![account],
        |row| Ok((row.bytes(0)?, row.opt_bytes(1)?)),
    )?;
    for table in ["sign_in_attempts", "sign_in_origins"] {
        tx.execute(&format!("DELETE FROM {table} WHERE number_hash = ?1"), params![&number])?;
    }
    if let Some(phone) = phone {
        tx.execute("DELETE FROM code_counts WHERE subject = ?1", params![&phone])?;
    }
    tx.execute(
        "DELETE FROM challenges WHERE account_id = ?1 \
         OR device_id IN (SELECT id FROM devices WHERE account_id = ?1)",
        params![account],
    )?;
    tx.execute("DELETE FROM representatives WHERE account_id = ?1", params![account])?;
    let sessions = tx.execute("DELETE FROM sessions WHERE account_id = ?1", params![account])?;
    let devices = tx.execute("DELETE FROM devices WHERE account_id = ?1", params![account])?;
    tx.execute("DELETE FROM account_roles WHERE account_id = ?1", params![account])?;
    tx.execute(
        "UPDATE data_requests SET wish_sealed = NULL, answer = NULL WHERE account_id = ?1",
        params![account],
    )?;
    // The hash column must hold something unlike any other row's: the pseudonym itself.
    tx.execute(
        "UPDATE accounts SET number_hash = ?2, number_sealed = ?3, masked_number = '', display_name = '', \
         job_title = '', home_unit = NULL, password_hash = '', phone_hash = NULL, phone_sealed = NULL, \
         person_sealed = NULL, child_until = NULL, masked_phone = NULL, erased_at = ?4 WHERE id = ?1",
        params![account, account.as_bytes(), Vec::<u8>::new(), now.0],
    )?;
    Ok(Forgotten { devices, sessions })
}
