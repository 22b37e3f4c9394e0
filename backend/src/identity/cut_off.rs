//! `DELETE /v1/devices/{id}`: one device is signed out from another, and forgotten.

use citizen_contract::ids::{AccountId, DeviceId};

use super::Identity;
use super::device;
use crate::db::{DbError, WriteError};
use crate::feeds;
use crate::params;

/// Ends the device's sessions at once and forgets its token. Answers whether the account has such a
/// device; somebody else's is none.
///
/// # Errors
/// The database's.
pub async fn cut_off(identity: &Identity, account: AccountId, id: DeviceId) -> Result<bool, DbError> {
    let now = identity.backend.clock.now();
    let nudges = identity
        .backend
        .db
        .write(move |tx| {
            let (account, device) = (account.to_string(), id.to_string());
            let revision = tx.query_opt(
                "DELETE FROM devices WHERE id = ?1 AND account_id = ?2 RETURNING revision",
                params![device.as_str(), account.as_str()],
                |row| row.int(0),
            )?;
            let Some(revision) = revision else { return Ok(None) };
            tx.execute(
                "UPDATE sessions SET revoked_at = ?2, successor_sealed = NULL \
                 WHERE device_id = ?1 AND revoked_at IS NULL",
                params![device.as_str(), now.0],
            )?;
            feeds::bump(tx, &[device::change(&account, id, revision.saturating_add(1), true)]).map(Some)
        })
        .await
        .map_err(WriteError::<DbError>::flatten)?;
    let Some(nudges) = nudges else { return Ok(false) };
    identity.backend.nudges.tell(nudges);
    Ok(true)
}
