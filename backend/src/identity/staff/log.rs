//! What the sign-in of staff writes into the audit log.

use citizen_contract::audit::AuditAct;
use citizen_contract::time::UtcMillis;

use super::super::account::{AccountRow, by_number};
use crate::audit::{self, Entry, Subject};
use crate::db::{DbError, Tx};
use crate::params;

/// After so many wrong passwords within an hour single ones are not written down any more.
const NOTED: i64 = 20;

/// Writes down what a member of staff did with their own account; nothing for anybody else.
pub(in crate::identity) fn note(
    tx: &mut Tx<'_>,
    account: &AccountRow,
    act: AuditAct,
    at: UtcMillis,
) -> Result<(), DbError> {
    let Some(role) = account.view.roles.first() else { return Ok(()) };
    let id = account.view.id;
    // Who failed was somebody at the door, not necessarily the account's owner.
    let outside = matches!(act, AuditAct::SignInFailed | AuditAct::FactorFailed);
    audit::record(
        tx,
        &Entry {
            at,
            actor: (!outside).then_some(id),
            act,
            subject: Some(Subject::account(id)),
            unit: Some(role.unit_id.clone()),
            detail: Vec::new(),
        },
    )
}

/// Counts a wrong password, for known and unknown numbers in the same way, and writes it down if the
/// account is one of the staff's.
pub(in crate::identity) fn failed(
    tx: &mut Tx<'_>,
    number_hash: &[u8; 32],
    at: UtcMillis,
) -> Result<(), DbError> {
    let failed = tx.query_opt(
        "UPDATE sign_in_attempts SET failed = failed + 1 WHERE number_hash = ?1 RETURNING failed",
        params![number_hash],
        |row| row.int(0),
    )?;
    let account = by_number(tx, number_hash)?;
    match account.filter(|_| failed.is_some_and(|failed| failed <= NOTED)) {
        Some(account) => note(tx, &account, AuditAct::SignInFailed, at),
        None => Ok(()),
    }
}
