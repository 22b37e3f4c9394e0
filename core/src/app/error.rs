//! What the window is told when something cannot be done: a code, never a cause.

use citizen_contract::problem::Problem;
use serde::Serialize;
use ts_rs::TS;

use super::NationalFailure;
use crate::identity::SignInError;
use crate::identity::card::CardError;
use crate::lock::LockError;
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
    /// The lock.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// A card.
    #[error(transparent)]
    Card(#[from] CardError),
    /// The national identification.
    #[error(transparent)]
    National(#[from] NationalFailure),
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
    /// The app is locked.
    #[error("the app is locked")]
    Locked,
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
            Self::Lock(error) => error.code(),
            Self::Card(error) => error.code(),
            Self::National(error) => error.code(),
            Self::Query(Retry::Offline) => "offline",
            Self::Query(Retry::Later(_)) => "unavailable",
            Self::Query(Retry::Login) | Self::SignedOut => "sign-in-required",
            Self::Query(Retry::Final(problem)) => problem.code.as_str(),
            Self::Deployment => "deployment-unusable",
            Self::WrongPassphrase => "wrong-passphrase",
            Self::Locked => "locked",
            Self::Missing => "not-found",
        }
    }

    /// What the backend has against it, whichever way it was asked.
    fn problem(&self) -> Option<&Problem> {
        match self {
            Self::SignIn(error) => error.problem(),
            Self::Query(Retry::Final(problem)) => Some(problem),
            _ => None,
        }
    }

    fn told(&self) -> CoreError {
        let mut told = CoreError { code: self.code().to_owned(), ..CoreError::default() };
        if let Some(problem) = self.problem() {
            told.field = problem.field.as_ref().map(|it| it.trim_start_matches('/').to_owned());
            told.tries_left = problem.tries_left.map(u32::from);
            told.retry_after_s = problem.retry_after_s;
        }
        match self {
            Self::SignIn(error) => told.retry_after_s = error.retry_after_s(),
            Self::Lock(LockError::Wrong { tries_left, wait_ms }) => {
                told.tries_left = Some(*tries_left);
                told.retry_after_s = seconds(*wait_ms);
            }
            Self::Lock(LockError::Wait { wait_ms }) => told.retry_after_s = seconds(*wait_ms),
            Self::Query(Retry::Later(wish)) => told.retry_after_s = wish.and_then(seconds),
            _ => {}
        }
        told
    }
}

/// Whole seconds, rounded up; nothing for none.
fn seconds(ms: i64) -> Option<u32> {
    u32::try_from(ms.saturating_add(999) / 1000).ok().filter(|seconds| *seconds > 0)
}

/// A failure as the window receives it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct CoreError {
    /// The stable code.
    pub code: String,
    /// The field at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub field: Option<String>,
    /// How many tries are left.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub tries_left: Option<u32>,
    /// Seconds to wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub retry_after_s: Option<u32>,
}

impl From<AppError> for CoreError {
    fn from(error: AppError) -> Self {
        error.told()
    }
}

impl Serialize for AppError {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.told().serialize(serializer)
    }
}
