//! `POST /v1/sessions`: number and password for a session.

use citizen_contract::citizen_id::CitizenId;
use citizen_contract::session::{SessionGrant, SignIn};
use citizen_contract::time::UtcMillis;

use super::account::{AccountRow, by_number};
use super::token::{SessionId, Token};
use super::{Identity, PasswordError, attempts};
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

/// Signs somebody in on one more device.
///
/// # Errors
/// [`SignInError`]
pub async fn sign_in(identity: &Identity, input: &SignIn) -> Result<SessionGrant, SignInError> {
    let number = CitizenId::parse(&input.citizen_id).map_err(|_| SignInError::Invalid("/citizen_id"))?;
    let device = input.device_name.trim().to_owned();
    if device.chars().count() > DEVICE_NAME || device.contains('\0') {
        return Err(SignInError::Invalid("/device_name"));
    }
    let number_hash = identity.numbers.lookup_hash(&number);
    let account = look_up(identity, number_hash).await?;
    let hashed = account.as_ref().map(|account| account.password_hash.clone());
    let fits = identity.passwords.fits(&input.password, hashed).await?;
    let Some(account) = account.filter(|_| fits) else { return Err(SignInError::Wrong) };
    grant(identity, account, device, number_hash).await
}

/// Counts the try and finds the account in one step.
async fn look_up(identity: &Identity, number_hash: [u8; 32]) -> Result<Option<AccountRow>, SignInError> {
    let now = identity.backend.clock.now();
    let (wait, account) = identity
        .backend
        .db
        .write(move |tx| {
            attempts::sweep(tx, now)?;
            Ok::<_, DbError>((attempts::count(tx, &number_hash, now)?, by_number(tx, &number_hash)?))
        })
        .await
        .map_err(WriteError::flatten)?;
    match wait {
        Some(retry_after_s) => Err(SignInError::TooOften { retry_after_s }),
        None => Ok(account),
    }
}

async fn grant(
    identity: &Identity,
    account: AccountRow,
    device: String,
    number_hash: [u8; 32],
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
    let (account_id, expires) = (grant.account.id.to_string(), grant.access_expires_at);
    identity
        .backend
        .db
        .write(move |tx| {
            attempts::forget(tx, &number_hash)?;
            insert(tx, &id, &account_id, &device, now, (&access, expires), &refresh)
        })
        .await
        .map_err(WriteError::flatten)?;
    Ok(grant)
}

fn insert(
    tx: &mut Tx<'_>,
    id: &SessionId,
    account_id: &str,
    device: &str,
    now: UtcMillis,
    (access, access_expires_at): (&Token, UtcMillis),
    refresh: &Token,
) -> Result<(), DbError> {
    // Sessions that are long over tell nothing; their device names are personal.
    tx.execute("DELETE FROM sessions WHERE ends_at <= ?1", params![now.0])?;
    tx.execute(
        "INSERT INTO sessions (id, account_id, device_name, created_at, ends_at, access_hash, \
         access_expires_at, refresh_hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            id,
            account_id,
            device,
            now.0,
            now.plus_millis(SESSION_MS).0,
            access.hash(),
            access_expires_at.0,
            refresh.hash(),
        ],
    )?;
    Ok(())
}
