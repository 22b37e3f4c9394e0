//! What the errors of registering and of codes are to a client.

use citizen_contract::problem::{Problem, ProblemCode};

use super::refusal::Refusal;
use crate::identity::{
    CodeError, CodeRefused, FinishError, FinishResetError, PasswordError, RegisterError, ResendError,
    ResetPasswordError,
};
use crate::messenger::MessengerError;

/// How long to wait where nothing better is known, in seconds.
const A_WHILE: u32 = 60;

impl From<CodeError> for Refusal {
    fn from(error: CodeError) -> Self {
        match error {
            CodeError::TooOften { retry_after_s, .. } => {
                Self::from(ProblemCode::TooManyRequests).retry_after(retry_after_s)
            }
            CodeError::Paused { retry_after_s } => {
                Self::from(ProblemCode::CodesPaused).retry_after(retry_after_s)
            }
            CodeError::Undelivered(MessengerError::None) => {
                Self::from(ProblemCode::CodesPaused).retry_after(A_WHILE)
            }
            CodeError::Undelivered(_) => Self::from(ProblemCode::Unavailable).retry_after(A_WHILE),
            CodeError::Sealing => {
                tracing::error!("a challenge could not be sealed or unsealed");
                ProblemCode::Internal.into()
            }
            CodeError::Db(error) => error.into(),
        }
    }
}

impl From<RegisterError> for Refusal {
    fn from(error: RegisterError) -> Self {
        match error {
            RegisterError::Invalid(field) => Problem::new(ProblemCode::Invalid).at(field).into(),
            RegisterError::TooYoung => Problem::new(ProblemCode::TooYoung).at("/birth_date").into(),
            RegisterError::Code(error) => error.into(),
        }
    }
}

impl From<ResendError> for Refusal {
    fn from(error: ResendError) -> Self {
        match error {
            ResendError::Over => ProblemCode::CodeOver.into(),
            ResendError::Code(error) => error.into(),
            ResendError::Db(error) => error.into(),
        }
    }
}

impl From<CodeRefused> for Refusal {
    fn from(error: CodeRefused) -> Self {
        match error {
            CodeRefused::Malformed => Problem::new(ProblemCode::Invalid).at("/code").into(),
            CodeRefused::Wrong { tries_left } => {
                Problem { tries_left: Some(tries_left), ..Problem::new(ProblemCode::CodeWrong) }.into()
            }
            CodeRefused::Over => ProblemCode::CodeOver.into(),
            CodeRefused::Db(error) => error.into(),
        }
    }
}

impl From<FinishError> for Refusal {
    fn from(error: FinishError) -> Self {
        match error {
            FinishError::Invalid(field) => Problem::new(ProblemCode::Invalid).at(field).into(),
            FinishError::Code(error) => error.into(),
            FinishError::Taken => ProblemCode::AlreadyRegistered.into(),
            FinishError::Password(error) => not_hashed(error),
            FinishError::Sealing => {
                tracing::error!("nobody could be registered");
                ProblemCode::Internal.into()
            }
            FinishError::Db(error) => error.into(),
        }
    }
}

impl From<ResetPasswordError> for Refusal {
    fn from(error: ResetPasswordError) -> Self {
        match error {
            ResetPasswordError::Invalid(field) => Problem::new(ProblemCode::Invalid).at(field).into(),
            ResetPasswordError::Code(error) => error.into(),
        }
    }
}

impl From<FinishResetError> for Refusal {
    fn from(error: FinishResetError) -> Self {
        match error {
            FinishResetError::Invalid(field) => Problem::new(ProblemCode::Invalid).at(field).into(),
            FinishResetError::Code(error) => error.into(),
            FinishResetError::Differ => ProblemCode::NumberAndPhoneDiffer.into(),
            FinishResetError::Official => ProblemCode::AskAdministrator.into(),
            FinishResetError::Password(error) => not_hashed(error),
            FinishResetError::Db(error) => error.into(),
        }
    }
}

fn not_hashed(error: PasswordError) -> Refusal {
    if error == PasswordError::Busy {
        return Refusal::from(ProblemCode::Unavailable).retry_after(5);
    }
    tracing::error!(%error, "a password could not be hashed");
    ProblemCode::Internal.into()
}
