//! `user cut-off`: every device of an account is signed out and forgotten, after somebody has shown
//! their card in person because the only phone is lost.

use citizen_contract::citizen_id::CitizenId;
use citizen_contract::time::UtcMillis;

use super::Identity;
use super::device::{change, device_id};
use crate::db::{DbError, Tx, WriteError};
use crate::feeds::{self, Change};
use crate::params;

/// Ends all sessions and forgets all devices of the number's account. Answers how many devices there
/// were; nothing if the number has no account.
///
/// # Errors
/// The database's.
pub async fn cut_off_all(identity: &Identity, number: &CitizenId) -> Result<Option<usize>, DbError> {
    let now = identity.backend.clock.now();
    let hash = identity.numbers.lookup_hash(number);
    let done = identity
        .backend
        .db
        .write(move |tx| {
            let account =
                tx.query_opt("SELECT id FROM accounts WHERE number_hash = ?1", params![&hash], |row| {
                    row.text(0)
                })?;
            let Some(account) = account else { return Ok(None) };
            let gone = end_everywhere(tx, &account, now)?;
            Ok(Some((gone.len(), feeds::bump(tx, &gone)?)))
        })
        .await
        .map_err(WriteError::<DbError>::flatten)?;
    let Some((count, nudges)) = done else { return Ok(None) };
    identity.backend.nudges.tell(nudges);
    Ok(Some(count))
}

/// Ends the sessions of an account and forgets its devices; answers what others are told, one change a
/// device.
pub(super) fn end_everywhere(tx: &mut Tx<'_>, account: &str, now: UtcMillis) -> Result<Vec<Change>, DbError> {
    // Also sessions from before there were devices.
    tx.execute(
        "UPDATE sessions SET revoked_at = ?2, successor_sealed = NULL \
         WHERE account_id = ?1 AND revoked_at IS NULL",
        params![account, now.0],
    )?;
    let devices = tx.query(
        "DELETE FROM devices WHERE account_id = ?1 RETURNING id, revision",
        params![account],
        |row| Ok((device_id(&row.text(0)?)?, row.int(1)?)),
    )?;
    let gone = devices.into_iter();
    Ok(gone.map(|(id, revision)| change(account, id, revision.saturating_add(1), true)).collect())
}
