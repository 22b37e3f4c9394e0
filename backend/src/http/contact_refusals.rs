//! What the errors of changing a phone and of a representative's consent are to a client.

use citizen_contract::problem::{Problem, ProblemCode};

use super::refusal::Refusal;
use crate::identity::{ChangePhoneError, OwnPasswordError, PasswordError, RepresentativeError};

impl From<OwnPasswordError> for Refusal {
    fn from(error: OwnPasswordError) -> Self {
        match error {
            // Not 401: the session is as good as before.
            OwnPasswordError::Wrong => Problem::new(ProblemCode::Invalid).at("/password").into(),
            OwnPasswordError::TooOften { retry_after_s } => {
                Self::from(ProblemCode::TooManyRequests).retry_after(retry_after_s)
            }
            OwnPasswordError::Password(PasswordError::Busy) => {
                Self::from(ProblemCode::Unavailable).retry_after(5)
            }
            OwnPasswordError::Password(_) | OwnPasswordError::Sealing => {
                tracing::error!(%error, "a password could not be compared");
                ProblemCode::Internal.into()
            }
            OwnPasswordError::Db(error) => error.into(),
        }
    }
}

impl From<ChangePhoneError> for Refusal {
    fn from(error: ChangePhoneError) -> Self {
        match error {
            ChangePhoneError::Phone => Problem::new(ProblemCode::Invalid).at("/phone").into(),
            ChangePhoneError::Password(error) => error.into(),
            ChangePhoneError::Code(error) => error.into(),
        }
    }
}

impl From<RepresentativeError> for Refusal {
    fn from(error: RepresentativeError) -> Self {
        match error {
            RepresentativeError::NotNeeded => ProblemCode::NotFound.into(),
            RepresentativeError::Phone => Problem::new(ProblemCode::Invalid).at("/phone").into(),
            RepresentativeError::Invalid(field) => Problem::new(ProblemCode::Invalid).at(field).into(),
            RepresentativeError::Code(error) => error.into(),
            RepresentativeError::Refused(error) => error.into(),
            RepresentativeError::Db(error) => error.into(),
        }
    }
}
