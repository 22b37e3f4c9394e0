//! The one place that decides what a failure means: try again, sign in, or ask the person.
//!
//! The rule behind all rows: only our own words count. An answer that is not JSON of the expected
//! type, a redirect, or a refusal without a problem document comes from something between the
//! device and the backend (a captive portal, a proxy), and then the backend was not reached.

use citizen_contract::outcome::Verdict;
use citizen_contract::problem::{Problem, ProblemCode};

use crate::ports::{Response, TransportError};

/// What to do after a failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Retry {
    /// The backend was not reached: wait for the network.
    Offline,
    /// The backend asks for patience or failed: wait, at least as long as it says (milliseconds).
    Later(Option<i64>),
    /// Somebody must sign in; the queue stops and keeps everything.
    Login,
    /// Refused for good: the person decides.
    Final(Box<Problem>),
}

/// What a failure of the transport means.
#[must_use]
pub fn of_transport(error: TransportError) -> Retry {
    match error {
        TransportError::Unreachable | TransportError::Interrupted | TransportError::Oversize => {
            Retry::Offline
        }
    }
}

/// What an answer of a JSON endpoint means; `Ok` for one that may be read as a success.
///
/// # Errors
/// The [`Retry`] that the answer calls for.
pub fn of_answer(answer: &Response) -> Result<(), Retry> {
    if answer.status == 200 {
        return if answer.is_of_type("application/json") { Ok(()) } else { Err(Retry::Offline) };
    }
    Err(of_status(answer))
}

/// What an answer with a status other than success means, on any endpoint.
#[must_use]
pub fn of_status(answer: &Response) -> Retry {
    let problem = problem(answer);
    let wish = retry_after_ms(answer);
    match (answer.status, problem) {
        (429 | 500..=599 | 408 | 425, _) => Retry::Later(wish),
        // A proxy in front of the backend may say this without our document, and it is as final.
        (413, problem) => {
            Retry::Final(Box::new(problem.unwrap_or_else(|| Problem::new(ProblemCode::TooLarge))))
        }
        (400..=499, Some(problem)) => of_problem(problem, wish),
        _ => Retry::Offline,
    }
}

/// What one command's verdict means; `Ok` only for an acceptance, whose receipt is still to be checked.
///
/// # Errors
/// The [`Retry`] that the verdict calls for.
pub fn of_verdict(verdict: &Verdict) -> Result<(), Retry> {
    match verdict {
        Verdict::Accepted { .. } => Ok(()),
        Verdict::Refused { problem } => Err(Retry::Final(Box::new(problem.clone()))),
        Verdict::Retry { problem, retry_after_s } => {
            let wish = retry_after_s.map(|seconds| i64::from(seconds).saturating_mul(1000));
            match problem.code {
                ProblemCode::SignInRequired => Err(Retry::Login),
                _ => Err(Retry::Later(wish)),
            }
        }
    }
}

/// What the answer to a tus `PATCH` or `HEAD` means for one photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UploadRetry {
    /// Ask again how far the upload is and go on from there.
    AskOffset,
    /// The file itself was refused: the person decides.
    Unreadable,
    /// As for any other request.
    Like(Retry),
}

/// What an unsuccessful answer of the upload endpoint means.
#[must_use]
pub fn of_upload(answer: &Response) -> UploadRetry {
    match answer.status {
        409 | 460 => UploadRetry::AskOffset,
        413 | 415 | 422 => UploadRetry::Unreadable,
        // The command was accepted, so its files are known there: not found means not yet, or a
        // backend restored from a backup that gets the command again.
        404 | 410 => UploadRetry::Like(Retry::Later(retry_after_ms(answer))),
        // An answer to HEAD has no body and so no problem document.
        401 => UploadRetry::Like(Retry::Login),
        _ => match of_status(answer) {
            Retry::Final(_) => UploadRetry::Unreadable,
            other => UploadRetry::Like(other),
        },
    }
}

fn of_problem(problem: Problem, wish: Option<i64>) -> Retry {
    match problem.code {
        ProblemCode::SignInRequired => Retry::Login,
        ProblemCode::TooManyRequests
        | ProblemCode::PredecessorUnknown
        // Everything waits until the person has done it.
        | ProblemCode::DutyOpen
        | ProblemCode::Internal
        | ProblemCode::StorageFull
        | ProblemCode::Unavailable => Retry::Later(wish),
        _ => Retry::Final(Box::new(problem)),
    }
}

fn problem(answer: &Response) -> Option<Problem> {
    if !answer.is_of_type("application/problem+json") {
        return None;
    }
    serde_json::from_slice(&answer.body).ok()
}

/// `Retry-After` in seconds; the form with a date is not ours.
fn retry_after_ms(answer: &Response) -> Option<i64> {
    let seconds: i64 = answer.header("retry-after")?.trim().parse().ok()?;
    Some(seconds.max(0).saturating_mul(1000))
}

#[cfg(test)]
mod tests;
