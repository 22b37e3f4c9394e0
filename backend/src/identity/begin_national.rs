//! `POST /v1/identity-checks`: somebody wants to be checked by the national identification.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use citizen_contract::checks::{BeginNational, DEEP_LINK, LOOPBACK_PATH, NationalBegun};
use citizen_contract::ids::{AccountId, IdentityCheckId};

use super::account::by_id;
use super::{Identity, attempt};
use crate::clock::random_bytes;
use crate::db::{DbError, WriteError};
use crate::national_id::{Ask, NationalError};

/// Nothing was begun.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BeginNationalError {
    /// The locality has no such thing.
    #[error("there is no national identification here")]
    Off,
    /// Says which field.
    #[error("the field {0} is not acceptable")]
    Invalid(&'static str),
    /// The account is checked.
    #[error("the account is checked already")]
    AlreadyChecked,
    /// Too many attempts.
    #[error("too many attempts")]
    TooOften,
    /// The provider.
    #[error(transparent)]
    National(#[from] NationalError),
    /// Something could not be encrypted.
    #[error("the attempt could not be sealed")]
    Sealing,
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Draws state and nonce, and says where the browser goes.
///
/// # Errors
/// [`BeginNationalError`]
pub async fn begin_national(
    identity: &Identity,
    account: AccountId,
    input: &BeginNational,
) -> Result<NationalBegun, BeginNationalError> {
    let national = identity.national.as_deref().ok_or(BeginNationalError::Off)?;
    if !comes_back_to_us(&input.redirect_uri) {
        return Err(BeginNationalError::Invalid("/redirect_uri"));
    }
    // SHA-256 in base64: a challenge of another method or a bare verifier is none.
    let challenge = URL_SAFE_NO_PAD.decode(&input.code_challenge);
    if !challenge.is_ok_and(|bytes| bytes.len() == 32) {
        return Err(BeginNationalError::Invalid("/code_challenge"));
    }
    let backend = &identity.backend;
    let (now, random) = (backend.clock.now(), backend.random.as_ref());
    let id = IdentityCheckId::from_parts(now, random_bytes(random));
    let secret = || URL_SAFE_NO_PAD.encode(random_bytes::<32>(random));
    let ask = Ask {
        redirect_uri: input.redirect_uri.clone(),
        state: secret(),
        nonce: secret(),
        code_challenge: input.code_challenge.clone(),
    };
    let sealed = attempt::seal(identity, id, &ask).ok_or(BeginNationalError::Sealing)?;
    // Counted before the provider is asked, so that nobody can make us ask it without end.
    let write = backend.db.write(move |tx| {
        if by_id(tx, &account.to_string())?.view.check.is_some() {
            return Err(BeginNationalError::AlreadyChecked);
        }
        match attempt::insert(tx, id, account, &sealed, now)? {
            true => Ok(()),
            false => Err(BeginNationalError::TooOften),
        }
    });
    write.await.map_err(WriteError::flatten)?;
    Ok(NationalBegun {
        id,
        authorization_url: national.address(&ask, now).await?,
        state: ask.state,
        expires_at: now.plus_millis(attempt::LASTS_MS),
    })
}

/// A code goes to the app on this device and nowhere else (RFC 8252 §7.1, §7.3).
fn comes_back_to_us(redirect_uri: &str) -> bool {
    let port = redirect_uri
        .strip_prefix("http://127.0.0.1:")
        .and_then(|rest| rest.strip_suffix(LOOPBACK_PATH))
        .filter(|port| !port.starts_with(['0', '+']));
    redirect_uri == DEEP_LINK || port.is_some_and(|port| port.parse::<u16>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_comes_back_to_the_app_only() {
        for (address, expected) in [
            ("http://127.0.0.1:4000/national-id", true),
            ("http://127.0.0.1:65535/national-id", true),
            (DEEP_LINK, true),
            ("http://127.0.0.1:65536/national-id", false),
            ("http://127.0.0.1:0/national-id", false),
            ("http://127.0.0.1:+80/national-id", false),
            ("http://127.0.0.1/national-id", false),
            ("http://127.0.0.1:4000/other", false),
            ("http://127.0.0.1:4000@evil.example/national-id", false),
            ("http://127.0.0.1:4000/../national-id", false),
            ("http://localhost:4000/national-id", false),
            ("https://evil.example/national-id", false),
            ("", false),
        ] {
            assert_eq!(comes_back_to_us(address), expected, "{address}");
        }
    }
}
