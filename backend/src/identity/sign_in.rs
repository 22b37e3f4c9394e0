//! `POST /v1/sessions`: number and password for a session.

use citizen_contract::citizen_id::CitizenId;
use citizen_contract::ids::DeviceId;
use citizen_contract::session::{SessionGrant, SignIn};

use super::account::{AccountRow, by_number};
use super::attempts::Try;
use super::device;
use super::grant::Opening;
use super::token::Token;
use super::{Identity, Origin, PasswordError};
use crate::db::{DbError, WriteError};

/// The longest device name in characters.
const DEVICE_NAME: usize = 100;

/// Nobody was signed in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// The number is not twelve digits, or the device name is too long; says which field.
    #[error("the field {0} is not acceptable")]
    Invalid(&'static str),
    /// No such account, or another password: the answer does not tell which.
    #[error("number or password is wrong")]
    Wrong,
    /// Tried too often.
    #[error("tried too often")]
    TooOften {
        /// Not before so many seconds.
        retry_after_s: u32,
    },
    /// Too many sign in right now, or the hasher failed.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Signs somebody in on one more device, from a network.
///
/// # Errors
/// [`SignInError`]
pub async fn sign_in(
    identity: &Identity,
    input: &SignIn,
    origin: Origin,
) -> Result<SessionGrant, SignInError> {
    let number = CitizenId::parse(&input.citizen_id).map_err(|_| SignInError::Invalid("/citizen_id"))?;
    let device = input.device_name.trim().to_owned();
    if device.chars().count() > DEVICE_NAME || device.contains('\0') {
        return Err(SignInError::Invalid("/device_name"));
    }
    let tried = Try {
        number: identity.numbers.lookup_hash(&number),
        origin: identity.numbers.origin_hash(&number, origin),
        now: identity.backend.clock.now(),
    };
    let account = look_up(identity, tried).await?;
    let hashed = account.as_ref().map(|account| account.password_hash.clone());
    let fits = identity.passwords.fits(&input.password, hashed).await?;
    let Some(account) = account.filter(|_| fits) else { return Err(SignInError::Wrong) };
    let known = known(identity, &account, input.device_token.as_deref()).await?;
    let opening = match known {
        Some(id) => Opening::on_known(identity, id, &device, tried.origin),
        None => Opening::on_new(identity, &device, tried.origin),
    };
    grant(identity, account, opening, tried).await
}

/// Counts the try and finds the account in one step.
async fn look_up(identity: &Identity, tried: Try) -> Result<Option<AccountRow>, SignInError> {
    let (wait, account) = identity
        .backend
        .db
        .write(move |tx| {
            tried.sweep(tx)?;
            Ok::<_, DbError>((tried.admit(tx)?, by_number(tx, &tried.number)?))
        })
        .await
        .map_err(WriteError::flatten)?;
    match wait {
        Some(wait) => {
            let retry_after_s = u32::try_from(wait.saturating_add(999) / 1000).unwrap_or(1);
            Err(SignInError::TooOften { retry_after_s })
        }
        None => Ok(account),
    }
}

/// The device that shows its token, if it is one of this account's.
async fn known(
    identity: &Identity,
    account: &AccountRow,
    token: Option<&str>,
) -> Result<Option<DeviceId>, SignInError> {
    let Some(token) = token.and_then(Token::parse) else { return Ok(None) };
    let account = account.view.id.to_string();
    let found = identity.backend.db.read(move |tx| device::known(tx, &account, &token)).await;
    Ok(found.map_err(WriteError::<DbError>::flatten)?)
}

async fn grant(
    identity: &Identity,
    account: AccountRow,
    opening: Opening,
    tried: Try,
) -> Result<SessionGrant, SignInError> {
    let grant = opening.grant(account.view);
    let id = grant.account.id.to_string();
    let nudges = identity
        .backend
        .db
        .write(move |tx| {
            tried.forget(tx)?;
            opening.write(tx, &id)
        })
        .await
        .map_err(WriteError::<DbError>::flatten)?;
    identity.backend.nudges.tell(nudges);
    Ok(grant)
}
