//! `POST /v1/sessions`: number and password for a session, or for a code on a new device.

use citizen_contract::audit::AuditAct;
use citizen_contract::citizen_id::CitizenId;
use citizen_contract::ids::DeviceId;
use citizen_contract::phone::Phone;
use citizen_contract::registration::Challenge;
use citizen_contract::session::{SessionGrant, SignIn};

use super::account::{AccountRow, by_number, sealed_as};
use super::attempts::Try;
use super::challenge::{Kind, Payload};
use super::codes::{self, CodeError, CodeSent};
use super::device;
use super::grant::Opening;
use super::register::device_name;
use super::token::Token;
use super::{Identity, Origin, PasswordError, staff};
use crate::db::{DbError, Tx, WriteError};
use crate::params;

/// The right password was given.
#[derive(Debug, PartialEq, Eq)]
pub enum SignedIn {
    /// On a known device, or for an account without a phone.
    Granted(Box<SessionGrant>),
    /// The account's phone must confirm the new device.
    CodeSent(CodeSent),
    /// The second factor is asked for.
    Factor(Challenge),
}

/// Nobody was signed in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// The number is not twelve digits, or the device name is too long; says which field.
    #[error("the field {0} is not acceptable")]
    Invalid(&'static str),
    /// No such account, or another password: the answer does not tell which.
    #[error("number or password is wrong")]
    Wrong,
    /// The password was right, but an administrator locked the account.
    #[error("the account is locked")]
    Locked,
    /// Tried too often.
    #[error("tried too often")]
    TooOften {
        /// Not before so many seconds.
        retry_after_s: u32,
    },
    /// Too many sign in right now, or the hasher failed.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The password was right, but no code can be sent.
    #[error(transparent)]
    Code(#[from] CodeError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Signs somebody in on a device, from a network. A new device of an account that proved a phone waits
/// for a code.
///
/// # Errors
/// [`SignInError`]
pub async fn sign_in(identity: &Identity, input: &SignIn, origin: Origin) -> Result<SignedIn, SignInError> {
    let number = CitizenId::parse(&input.citizen_id).map_err(|_| SignInError::Invalid("/citizen_id"))?;
    let device = device_name(&input.device_name).ok_or(SignInError::Invalid("/device_name"))?;
    let tried = Try {
        number: identity.numbers.lookup_hash(&number),
        origin: identity.numbers.origin_hash(&number, origin),
        now: identity.backend.clock.now(),
    };
    let account = look_up(identity, tried).await?;
    let hashed = account.as_ref().map(|account| account.password_hash.clone());
    let fits = identity.passwords.fits(&input.password, hashed).await?;
    let Some(account) = account.filter(|_| fits) else {
        let failed = move |tx: &mut Tx<'_>| staff::failed(tx, &tried.number, tried.now);
        identity.backend.db.write(failed).await.map_err(WriteError::<DbError>::flatten)?;
        return Err(SignInError::Wrong);
    };
    if account.locked {
        return Err(SignInError::Locked);
    }
    let known = known(identity, &account, input.device_token.as_deref()).await?;
    if account.factor && identity.staff.bind(&account) {
        let fresh =
            |at: Option<i64>| at.is_some_and(|at| tried.now.0 < at.saturating_add(identity.staff.again_ms));
        let Some((id, _)) = known.filter(|(_, factor_at)| fresh(*factor_at)) else {
            let id = known.map(|(id, _)| id);
            let asked = staff::ask(identity, &account, number.reveal(), device, id).await?;
            return Ok(SignedIn::Factor(asked));
        };
        return grant(identity, account, Opening::on_known(identity, id, &device, tried.origin), tried).await;
    }
    if let Some((id, _)) = known {
        return grant(identity, account, Opening::on_known(identity, id, &device, tried.origin), tried).await;
    }
    let Some(sealed) = &account.phone_sealed else {
        return grant(identity, account, Opening::on_new(identity, &device, tried.origin), tried).await;
    };
    let phone = identity.numbers.unseal_text(sealed, &sealed_as(account.view.id, "phone"));
    let phone = phone.and_then(|phone| Phone::from_e164(&phone)).ok_or(CodeError::Sealing)?;
    let payload = Payload {
        number: number.reveal().to_owned(),
        phone: phone.e164(),
        device_name: device,
        person: None,
        known: None,
    };
    let id = Some(account.view.id.to_string());
    Ok(SignedIn::CodeSent(codes::send(identity, Kind::SignIn, id, &payload, phone, origin).await?))
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
        Some(wait) => Err(SignInError::TooOften { retry_after_s: codes::seconds(wait) }),
        None => Ok(account),
    }
}

/// A device of the account, and when it last showed the second factor.
type Known = (DeviceId, Option<i64>);

/// The device that shows its token, if it is one of this account's.
async fn known(
    identity: &Identity,
    account: &AccountRow,
    token: Option<&str>,
) -> Result<Option<Known>, SignInError> {
    let Some(token) = token.and_then(Token::parse) else { return Ok(None) };
    let account = account.view.id.to_string();
    let found = identity
        .backend
        .db
        .read(move |tx| {
            let Some(id) = device::known(tx, &account, &token)? else { return Ok(None) };
            let factor_at = tx.query_one(
                "SELECT factor_at FROM devices WHERE id = ?1",
                params![id.to_string()],
                |row| row.opt_int(0),
            )?;
            Ok(Some((id, factor_at)))
        })
        .await;
    Ok(found.map_err(WriteError::<DbError>::flatten)?)
}

async fn grant(
    identity: &Identity,
    account: AccountRow,
    opening: Opening,
    tried: Try,
) -> Result<SignedIn, SignInError> {
    let account = identity.staff.shown(account);
    let grant = opening.grant(account.view.clone());
    let id = grant.account.id.to_string();
    let nudges = identity
        .backend
        .db
        .write(move |tx| {
            tried.forget(tx)?;
            staff::note(tx, &account, AuditAct::SignedIn, tried.now)?;
            opening.write(tx, &id)
        })
        .await
        .map_err(|error| match WriteError::<DbError>::flatten(error) {
            // The device was cut off in this moment.
            DbError::NoRow => SignInError::Wrong,
            error => error.into(),
        })?;
    identity.backend.nudges.tell(nudges);
    Ok(SignedIn::Granted(Box::new(grant)))
}
