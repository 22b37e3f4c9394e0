//! `POST /v1/password-resets/{challenge}/finish`: the right code sets a new password, signs every device
//! out, and signs this one in.

use std::sync::Arc;

use citizen_contract::citizen_id::CitizenId;
use citizen_contract::ids::ChallengeId;
use citizen_contract::phone::Phone;
use citizen_contract::registration::FinishRegistration;
use citizen_contract::session::SessionGrant;
use citizen_contract::sync::Nudge;

use super::account::{AccountRow, by_id};
use super::again::{OnceMoreError, once_more};
use super::attempts::Try;
use super::challenge::{self, CodeRefused, Kind, Success};
use super::cut_off_all::end_everywhere;
use super::grant::Opening;
use super::passwords::check_length;
use super::register::device_name;
use super::{Identity, Origin, PasswordError};
use crate::db::{DbError, Tx, WriteError};
use crate::params;

/// The password is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FinishResetError {
    /// Says which field; no try was counted.
    #[error("the field {0} is not acceptable")]
    Invalid(&'static str),
    /// The code.
    #[error(transparent)]
    Code(#[from] CodeRefused),
    /// The code was right, but the phone is not the one of the number's account.
    #[error("number and phone are not of one account")]
    Differ,
    /// An official's password is set anew by an administrator.
    #[error("the unit's administrator sets this password anew")]
    Official,
    /// The password could not be hashed.
    #[error(transparent)]
    Password(PasswordError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<PasswordError> for FinishResetError {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::Length => Self::Invalid("/password"),
            error => Self::Password(error),
        }
    }
}

impl From<OnceMoreError> for FinishResetError {
    fn from(error: OnceMoreError) -> Self {
        match error {
            OnceMoreError::Password(error) => error.into(),
            OnceMoreError::Db(error) => error.into(),
        }
    }
}

/// What one transaction came to.
enum Came {
    In(Box<AccountRow>, Vec<Nudge>),
    Differ,
    Official,
    /// Somebody with the same challenge was faster.
    Second(Option<Success>),
}

/// What is written, ready before the transaction so that this can run again.
struct Reset {
    id: ChallengeId,
    tried: Try,
    phone_hash: [u8; 32],
    password_hash: String,
    opening: Opening,
}

/// Sets the password anew. The same again within a minute, in case the answer was lost, gets a session
/// on the same device.
///
/// # Errors
/// [`FinishResetError`]
pub async fn finish_reset(
    identity: &Identity,
    id: ChallengeId,
    input: &FinishRegistration,
    origin: Origin,
) -> Result<SessionGrant, FinishResetError> {
    let name = device_name(&input.device_name).ok_or(FinishResetError::Invalid("/device_name"))?;
    check_length(&input.password)?;
    let opened = challenge::open(identity, id, Kind::PasswordReset, &input.code).await?;
    let number = CitizenId::parse(&opened.payload.number).map_err(|_| CodeRefused::Over)?;
    let phone = Phone::from_e164(&opened.payload.phone).ok_or(CodeRefused::Over)?;
    let tried = Try {
        number: identity.numbers.lookup_hash(&number),
        origin: identity.numbers.origin_hash(&number, origin),
        now: identity.backend.clock.now(),
    };
    let repeated = async |success| match success {
        Success::Taken => Err(FinishResetError::Differ),
        Success::On(device) => {
            let grant = once_more(identity, device, &input.password, &name, tried.origin).await?;
            grant.ok_or(CodeRefused::Over.into())
        }
    };
    if let Some(success) = opened.before {
        return repeated(success).await;
    }
    // Hashed whether or not number and phone belong together, so that the time does not tell.
    let password_hash = identity.passwords.hash(&input.password, identity.backend.random.as_ref()).await?;
    let reset = Arc::new(Reset {
        id,
        tried,
        phone_hash: identity.numbers.phone_hash(&phone),
        password_hash,
        opening: Opening::on_new(identity, &name, tried.origin),
    });
    let writing = Arc::clone(&reset);
    let written = identity.backend.db.write(move |tx| writing.write(tx)).await;
    match written.map_err(WriteError::<DbError>::flatten)? {
        Came::In(account, nudges) => {
            identity.backend.nudges.tell(nudges);
            Ok(reset.opening.grant(account.view))
        }
        Came::Differ => Err(FinishResetError::Differ),
        Came::Official => Err(FinishResetError::Official),
        Came::Second(Some(success)) => repeated(success).await,
        Came::Second(None) => Err(CodeRefused::Over.into()),
    }
}

impl Reset {
    fn write(&self, tx: &mut Tx<'_>) -> Result<Came, DbError> {
        let now = self.tried.now;
        if !challenge::claim(tx, self.id, self.opening.device(), now)? {
            return Ok(Came::Second(challenge::success(tx, self.id)?));
        }
        let account = tx.query_opt(
            "SELECT id FROM accounts WHERE number_hash = ?1 AND phone_hash = ?2",
            params![&self.tried.number, &self.phone_hash],
            |row| row.text(0),
        )?;
        let Some(account) = account else {
            challenge::taken(tx, self.id)?;
            return Ok(Came::Differ);
        };
        let row = by_id(tx, &account)?;
        if !row.view.roles.is_empty() {
            challenge::taken(tx, self.id)?;
            return Ok(Came::Official);
        }
        tx.execute(
            "UPDATE accounts SET password_hash = ?2 WHERE id = ?1",
            params![account.as_str(), &self.password_hash],
        )?;
        self.tried.forget(tx)?;
        let gone = end_everywhere(tx, &account, now)?;
        let nudges = self.opening.write_with(tx, &account, gone)?;
        Ok(Came::In(Box::new(row), nudges))
    }
}
