//! A success whose answer may have been lost: the same device gets a session once more.

use std::sync::Arc;

use citizen_contract::ids::DeviceId;
use citizen_contract::session::SessionGrant;

use super::account::{AccountRow, by_id};
use super::grant::Opening;
use super::origin::OriginHash;
use super::{Identity, PasswordError};
use crate::db::{DbError, WriteError};
use crate::params;

/// Nobody got in once more.
#[derive(Debug, thiserror::Error)]
pub(super) enum OnceMoreError {
    /// The password could not be compared.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// A session once more for who also knows the password that was set a moment ago; none for anybody else.
pub(super) async fn once_more(
    identity: &Identity,
    device: DeviceId,
    password: &str,
    name: &str,
    origin: OriginHash,
) -> Result<Option<SessionGrant>, OnceMoreError> {
    let account = holder(identity, device).await?;
    let hashed = account.as_ref().map(|account| account.password_hash.clone());
    let fits = identity.passwords.fits(password, hashed).await?;
    let Some(account) = account.filter(|_| fits) else { return Ok(None) };
    Ok(again(identity, account, device, name, origin).await?)
}

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
            Ok(Some(opening.grant(identity.staff.shown(account).view)))
        }
        Err(DbError::NoRow) => Ok(None),
        Err(error) => Err(error),
    }
}
