//! `POST /v1/queries/devices`: where somebody is signed in.

use citizen_contract::devices::{DeviceList, DeviceRow};
use citizen_contract::ids::AccountId;

use super::Identity;
use super::device::find;
use super::token::Token;
use crate::db::{DbError, WriteError};
use crate::params;

/// The devices on which the account is signed in, and which of them asks.
///
/// # Errors
/// The database's.
pub async fn devices(identity: &Identity, account: AccountId, token: &str) -> Result<DeviceList, DbError> {
    let session = Token::parse(token).map(|token| token.session());
    let now = identity.backend.clock.now();
    identity
        .backend
        .db
        .read(move |tx| {
            let here = match session {
                Some(session) => {
                    tx.query_opt("SELECT device_id FROM sessions WHERE id = ?1", params![&session], |row| {
                        row.opt_text(0)
                    })?
                }
                None => None,
            };
            let here = here.flatten();
            let devices = find(tx, &account.to_string(), None, now)?;
            let row = |device: citizen_contract::devices::Device| DeviceRow {
                here: here.as_ref().is_some_and(|here| *here == device.id.to_string()),
                device,
            };
            Ok(DeviceList { devices: devices.into_iter().map(row).collect() })
        })
        .await
        .map_err(WriteError::flatten)
}
