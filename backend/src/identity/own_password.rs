//! Somebody who is signed in types the password once more, before what would let others in is changed.

use citizen_contract::citizen_id::CitizenId;
use citizen_contract::ids::AccountId;

use super::account::{AccountRow, by_id};
use super::attempts::Try;
use super::{Identity, Origin, PasswordError, codes};
use crate::db::{DbError, WriteError};
use crate::params;

/// The password was not the right one, or could not be looked at.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OwnPasswordError {
    /// Another password.
    #[error("the password is wrong")]
    Wrong,
    /// Tried too often.
    #[error("tried too often")]
    TooOften {
        /// Not before so many seconds.
        retry_after_s: u32,
    },
    /// It could not be compared.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The account's number cannot be read.
    #[error("the account cannot be unsealed")]
    Sealing,
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// The account and its number, if the password is its own. Tries count with those of signing in: whoever
/// holds a phone that is open gets no more guesses than a stranger.
pub(super) async fn with_password(
    identity: &Identity,
    account: AccountId,
    password: &str,
    origin: Origin,
) -> Result<(AccountRow, CitizenId), OwnPasswordError> {
    let id = account.to_string();
    let read = identity.backend.db.read(move |tx| {
        let sealed =
            tx.query_one("SELECT number_sealed FROM accounts WHERE id = ?1", params![id.as_str()], |row| {
                row.bytes(0)
            })?;
        Ok::<_, DbError>((by_id(tx, &id)?, sealed))
    });
    let (row, sealed) = read.await.map_err(WriteError::flatten)?;
    let number = identity.numbers.unseal(&sealed, account).ok_or(OwnPasswordError::Sealing)?;
    let tried = Try {
        number: identity.numbers.lookup_hash(&number),
        origin: identity.numbers.origin_hash(&number, origin),
        now: identity.backend.clock.now(),
    };
    let admitted = identity.backend.db.write(move |tx| {
        tried.sweep(tx)?;
        tried.admit(tx)
    });
    if let Some(wait) = admitted.await.map_err(WriteError::<DbError>::flatten)? {
        return Err(OwnPasswordError::TooOften { retry_after_s: codes::seconds(wait) });
    }
    if !identity.passwords.fits(password, Some(row.password_hash.clone())).await? {
        return Err(OwnPasswordError::Wrong);
    }
    let forgotten = identity.backend.db.write(move |tx| tried.forget(tx));
    forgotten.await.map_err(WriteError::<DbError>::flatten)?;
    Ok((row, number))
}
