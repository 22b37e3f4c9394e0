//! A success whose answer may have been lost: the same device gets a session once more.

use std::sync::Arc;

use citizen_contract::ids::DeviceId;
use citizen_contract::session::SessionGrant;

use super::Identity;
use super::account::{AccountRow, by_id};
use super::grant::Opening;
use super::origin::OriginHash;
use crate::db::{DbError, WriteError};
use crate::params;

/// Whose device it is; nobody's if it was cut off since.
pub(super) async fn holder(identity: &Identity, device: DeviceId) -> Result<Option<AccountRow>, DbError> {
    identity
        .backend
        .db
        .read(move |tx| {
            let account = tx.query_opt(
                "SELECT account_id FROM devices WHERE id = ?1",
                params![device.to_string()],
                |row| row.text(0),
            )?;
            account.map(|account| by_id(tx, &account)).transpose()
        })
        .await
        .map_err(WriteError::flatten)
}

/// Opens one more session on the device, with another token for it. The first one's stay valid until
/// it signs out or is cut off, in case that answer arrived after all.
/// None if the device was cut off meanwhile.
pub(super) async fn again(
    identity: &Identity,
    account: AccountRow,
    device: DeviceId,
    name: &str,
    origin: OriginHash,
) -> Result<Option<SessionGrant>, DbError> {
    let opening = Arc::new(Opening::again(identity, device, name, origin));
    let (writing, id) = (Arc::clone(&opening), account.view.id.to_string());
    let written = identity.backend.db.write(move |tx| writing.write(tx, &id)).await;
    match written.map_err(WriteError::<DbError>::flatten) {
        Ok(nudges) => {
            identity.backend.nudges.tell(nudges);
            Ok(Some(opening.grant(account.view)))
        }
        Err(DbError::NoRow) => Ok(None),
        Err(error) => Err(error),
    }
}
