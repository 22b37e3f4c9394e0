//! `POST /v1/sessions`: number and password for a session.

use citizen_contract::citizen_id::CitizenId;
use citizen_contract::session::{SessionGrant, SignIn};
use citizen_contract::time::UtcMillis;

use super::account::{AccountRow, by_number};
use super::attempts::Try;
use super::token::{SessionId, Token};
use super::{Identity, Origin, PasswordError};
use crate::clock::random_bytes;
use crate::db::{DbError, Tx, WriteError};
use crate::params;

/// How long an access token serves.
pub(super) const ACCESS_MS: i64 = 15 * 60 * 1000;
/// How long a session lasts at most; then the person signs in again.
const SESSION_MS: i64 = 180 * 24 * 3600 * 1000;
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
    grant(identity, account, device, tried).await
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

async fn grant(
    identity: &Identity,
    account: AccountRow,
    device: String,
    tried: Try,
) -> Result<SessionGrant, SignInError> {
    let random = identity.backend.random.as_ref();
    let now = identity.backend.clock.now();
    let id: SessionId = random_bytes(random);
    let (access, refresh) = (Token::draw(id, random), Token::draw(id, random));
    let grant = SessionGrant {
        access_token: access.reveal(),
        access_expires_at: now.plus_millis(ACCESS_MS),
        refresh_token: refresh.reveal(),
        account: account.view,
    };
    let fresh = Fresh { id, account_id: grant.account.id.to_string(), device, access, refresh };
    identity
        .backend
        .db
        .write(move |tx| {
            tried.forget(tx)?;
            insert(tx, &fresh, &tried, now)
        })
        .await
        .map_err(WriteError::flatten)?;
    Ok(grant)
}

/// A session that is about to be written.
struct Fresh {
    id: SessionId,
    account_id: String,
    device: String,
    access: Token,
    refresh: Token,
}

fn insert(tx: &mut Tx<'_>, fresh: &Fresh, tried: &Try, now: UtcMillis) -> Result<(), DbError> {
    // Sessions that are long over tell nothing; their device names are personal.
    tx.execute("DELETE FROM sessions WHERE ends_at <= ?1", params![now.0])?;
    tx.execute(
        "INSERT INTO sessions (id, account_id, device_name, created_at, ends_at, access_hash, \
         access_expires_at, refresh_hash, origin_hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            &fresh.id,
            fresh.account_id.as_str(),
            fresh.device.as_str(),
            now.0,
            now.plus_millis(SESSION_MS).0,
            fresh.access.hash(),
            now.plus_millis(ACCESS_MS).0,
            fresh.refresh.hash(),
            &tried.origin,
        ],
    )?;
    Ok(())
}
