//! The end of an account: its row keeps nothing but its id, which stands in the chains of reports and
//! is from then on a pseudonym of nobody. The rows around it go by the register of the erasure.

use citizen_contract::ids::AccountId;
use citizen_contract::time::UtcMillis;

use crate::db::{DbError, Tx};
use crate::ledger::word;
use crate::params;

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

/// Accounts whose erasure has begun and is not through, or was through after `settled`.
///
/// # Errors
/// [`DbError`] of the room.
pub fn erasing(tx: &mut Tx<'_>, settled: UtcMillis) -> Result<Vec<AccountId>, DbError> {
    let id = |row: &crate::db::Row<'_>| word::id(&row.text(0)?, 0);
    let open =
        "SELECT id FROM accounts WHERE erasing_at IS NOT NULL AND erased_at IS NULL ORDER BY erasing_at";
    let mut accounts = tx.query(open, params![], id)?;
    accounts.extend(tx.query("SELECT id FROM accounts WHERE erased_at > ?1", params![settled.0], id)?);
    Ok(accounts)
}

/// Blanks the account's row. Its number may register anew.
///
/// # Errors
/// [`DbError`] of the room.
pub fn forget(tx: &mut Tx<'_>, account: &str, now: UtcMillis) -> Result<(), DbError> {
    // The hash column must hold something unlike any other row's: the pseudonym itself.
    tx.execute(
        "UPDATE accounts SET number_hash = ?2, number_sealed = ?3, masked_number = '', display_name = '', \
         job_title = '', home_unit = NULL, password_hash = '', phone_hash = NULL, phone_sealed = NULL, \
         person_sealed = NULL, child_until = NULL, masked_phone = NULL, \
         password_given = 0, locked_at = NULL, \
         erased_at = COALESCE(erased_at, ?4) WHERE id = ?1",
        params![account, account.as_bytes(), Vec::<u8>::new(), now.0],
    )
    .map(|_| ())
}
