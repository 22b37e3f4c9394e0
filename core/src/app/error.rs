//! What the window is told when something cannot be done: a code, never a cause.

use serde::Serialize;
use ts_rs::TS;

use crate::identity::SignInError;
use crate::outbox::{OutboxError, Retry};
use crate::photos::PhotoError;
use crate::store::StoreError;

/// A failure of a command of the window.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The outbox.
    #[error(transparent)]
    Outbox(#[from] OutboxError),
    /// A photo.
    #[error(transparent)]
    Photo(#[from] PhotoError),
    /// Signing in.
    #[error(transparent)]
    SignIn(#[from] SignInError),
    /// The backend gave no answer to a query.
    #[error("the backend cannot answer now")]
    Query(Retry),
    /// The deployment file names no usable key or profile.
    #[error("the deployment file cannot be used")]
    Deployment,
    /// The passphrase does not open this device's secrets.
    #[error("the passphrase is wrong")]
    WrongPassphrase,
    /// Nobody is signed in.
    #[error("nobody is signed in")]
    SignedOut,
    /// There is no such thing here.
    #[error("there is no such thing here")]
    Missing,
}

impl AppError {
    /// The short code that screens act on.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Store(error) => error.code(),
            Self::Outbox(error) => error.code(),
            Self::Photo(error) => error.code(),
            Self::SignIn(error) => error.code(),
            Self::Query(Retry::Offline) => "offline",
            Self::Query(Retry::Later(_)) => "unavailable",
            Self::Query(Retry::Login) | Self::SignedOut => "sign-in-required",
            Self::Query(Retry::Final(problem)) => problem.code.as_str(),
            Self::Deployment => "deployment-unusable",
            Self::WrongPassphrase => "wrong-passphrase",
            Self::Missing => "not-found",
        }
    }
}

/// A failure as the window receives it.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct CoreError {
    /// The stable code.
    pub code: String,
}

impl From<AppError> for CoreError {
    fn from(error: AppError) -> Self {
        Self { code: error.code().to_owned() }
    }
}

impl Serialize for AppError {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        CoreError { code: self.code().to_owned() }.serialize(serializer)
    }
}
