//! What the backend answers to somebody who is not signed in yet.

use citizen_contract::problem::{Problem, ProblemCode};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::outbox::{Retry, retry};
use crate::ports::{Ports, Request, Response};
use crate::store::StoreError;

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The backend was not reached, or asked for patience.
    #[error("the backend cannot be reached now")]
    Unreachable(Retry),
    /// The backend refused.
    #[error("refused: {}", .0.code.as_str())]
    Refused(Box<Problem>),
    /// The session could not be kept.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl SignInError {
    /// A refusal that this device makes itself.
    #[must_use]
    pub fn refused(code: ProblemCode) -> Self {
        Self::Refused(Box::new(Problem::new(code)))
    }

    /// The short code that screens act on.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreachable(Retry::Later(_)) => ProblemCode::Unavailable.as_str(),
            Self::Unreachable(_) => "offline",
            Self::Refused(problem) => problem.code.as_str(),
            Self::Store(error) => error.code(),
        }
    }

    /// The backend's refusal, if there is one.
    #[must_use]
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Refused(problem) => Some(problem),
            _ => None,
        }
    }

    /// Seconds after which another try makes sense, if the backend said so.
    #[must_use]
    pub fn retry_after_s(&self) -> Option<u32> {
        match self {
            Self::Unreachable(Retry::Later(wish)) => wish.and_then(seconds),
            Self::Refused(problem) => problem.retry_after_s,
            _ => None,
        }
    }
}

/// Sends `body` and reads the answer, or what the backend has against it.
pub(super) async fn ask<B: Serialize, A: DeserializeOwned>(
    ports: &Ports,
    mark: &str,
    path: &str,
    body: &B,
) -> Result<A, SignInError> {
    read(&post(ports, mark, path, body).await?)
}

/// `mark` is what this installation calls itself; see [`super::Here`].
pub(super) async fn post<B: Serialize>(
    ports: &Ports,
    mark: &str,
    path: &str,
    body: &B,
) -> Result<Response, SignInError> {
    let body = serde_json::to_vec(body).map_err(StoreError::from)?;
    let request = Request::post_json(path, body).header("citizen-device", mark);
    let answer = ports.transport.send(request).await;
    answer.map_err(|error| SignInError::Unreachable(retry::of_transport(error)))
}

/// A success of ours is JSON; anything else that claims to be one was said by something between.
pub(super) fn read<A: DeserializeOwned>(answer: &Response) -> Result<A, SignInError> {
    if !(200..=202).contains(&answer.status) {
        return Err(refusal(answer));
    }
    let ours = answer.is_of_type("application/json");
    let body = ours.then(|| serde_json::from_slice(&answer.body).ok()).flatten();
    body.ok_or(SignInError::Unreachable(Retry::Offline))
}

fn refusal(answer: &Response) -> SignInError {
    let problem = answer
        .is_of_type("application/problem+json")
        .then(|| serde_json::from_slice::<Problem>(&answer.body).ok())
        .flatten();
    match (retry::of_status(answer), problem) {
        (Retry::Final(problem), _) => SignInError::Refused(problem),
        // The server's full disk is not this device's: to people it is a server that is busy.
        (gate @ Retry::Later(_), Some(problem)) if problem.code == ProblemCode::StorageFull => {
            SignInError::Unreachable(gate)
        }
        // Nothing waits here by itself: the person is told the reason, and for how long.
        (Retry::Later(wish), Some(mut problem)) => {
            problem.retry_after_s = problem.retry_after_s.or(wish.and_then(seconds));
            SignInError::Refused(Box::new(problem))
        }
        (Retry::Login, Some(problem)) => SignInError::Refused(Box::new(problem)),
        (Retry::Login, None) => SignInError::refused(ProblemCode::WrongCredentials),
        (gate, _) => SignInError::Unreachable(gate),
    }
}

/// Whole seconds, rounded up.
fn seconds(ms: i64) -> Option<u32> {
    u32::try_from(ms.saturating_add(999) / 1000).ok()
}
