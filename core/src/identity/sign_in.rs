//! Signing in with a citizen-ID number and a password.

use std::sync::Arc;

use citizen_contract::problem::{Problem, ProblemCode};
use citizen_contract::session::{SessionGrant, SignIn};
use tokio::sync::Mutex;

use super::{KeptSession, KeyNames, Session, keep};
use crate::outbox::{Retry, retry};
use crate::ports::{KeyStore, Ports, Request};
use crate::store::StoreError;

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The backend was not reached, or asked for patience.
    #[error("the backend cannot be reached now")]
    Unreachable(Retry),
    /// The backend refused.
    #[error("refused: {}", .0.as_str())]
    Refused(ProblemCode),
    /// The session could not be kept.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl SignInError {
    /// The short code that screens act on.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreachable(Retry::Later(_)) => ProblemCode::TooManyRequests.as_str(),
            Self::Unreachable(_) => "offline",
            Self::Refused(code) => code.as_str(),
            Self::Store(error) => error.code(),
        }
    }
}

/// Signs in and keeps the session in the key store.
///
/// # Errors
/// [`SignInError`]; whoever was signed in still is.
pub async fn sign_in(
    ports: &Ports,
    keys: &Arc<dyn KeyStore>,
    names: &KeyNames,
    credentials: &SignIn,
) -> Result<Session, SignInError> {
    let body = serde_json::to_vec(credentials).map_err(StoreError::from)?;
    let answer = ports
        .transport
        .send(Request::post_json("/v1/sessions", body))
        .await
        .map_err(|error| SignInError::Unreachable(retry::of_transport(error)))?;
    match retry::of_answer(&answer) {
        Ok(()) => {}
        Err(Retry::Final(problem)) => return Err(SignInError::Refused(problem.code)),
        Err(Retry::Login) => {
            let problem: Option<Problem> = serde_json::from_slice(&answer.body).ok();
            return Err(SignInError::Refused(problem.map_or(ProblemCode::WrongCredentials, |it| it.code)));
        }
        Err(other) => return Err(SignInError::Unreachable(other)),
    }
    let grant: SessionGrant =
        serde_json::from_slice(&answer.body).map_err(|_| SignInError::Unreachable(Retry::Offline))?;
    let kept = KeptSession::of(grant, super::view::masked(&credentials.citizen_id));
    keep(keys, names, &kept).await?;
    Ok(Session { ports: ports.clone(), keys: keys.clone(), names: names.clone(), kept: Mutex::new(kept) })
}
