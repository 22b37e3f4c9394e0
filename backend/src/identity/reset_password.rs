//! `POST /v1/password-resets`: somebody who forgot the password names number and phone, and a code goes to
//! that phone.
//!
//! As with registering, nothing here looks for an account: whether the two belong together only comes out
//! when the code comes back from that phone.

use citizen_contract::citizen_id::CitizenId;
use citizen_contract::phone::Phone;
use citizen_contract::registration::ResetPassword;

use super::challenge::{Kind, Payload};
use super::codes::{self, CodeError, CodeSent};
use super::{Identity, Origin};

/// No code was sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResetPasswordError {
    /// Says which field.
    #[error("the field {0} is not acceptable")]
    Invalid(&'static str),
    /// The code.
    #[error(transparent)]
    Code(#[from] CodeError),
}

/// Sends a code to the phone that was named.
///
/// # Errors
/// [`ResetPasswordError`]
pub async fn reset_password(
    identity: &Identity,
    input: &ResetPassword,
    origin: Origin,
) -> Result<CodeSent, ResetPasswordError> {
    let prefixes = &identity.backend.profile.mobile_prefixes;
    let number =
        CitizenId::parse(&input.citizen_id).map_err(|_| ResetPasswordError::Invalid("/citizen_id"))?;
    let phone = Phone::parse(&input.phone, prefixes).map_err(|_| ResetPasswordError::Invalid("/phone"))?;
    let payload = Payload {
        number: number.reveal().to_owned(),
        phone: phone.e164(),
        device_name: String::new(),
        person: None,
        known: None,
    };
    Ok(codes::send(identity, Kind::PasswordReset, None, &payload, phone, origin).await?)
}
