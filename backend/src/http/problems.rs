//! Nothing but problem documents leaves as a failure.

use std::any::Any;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use citizen_contract::problem::{Problem, ProblemCode};

use super::refusal::{PROBLEM_JSON, Refusal};

/// Replaces a failure that axum or a layer made by the problem with the same status.
pub(super) async fn only(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let status = response.status();
    let is_problem = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == PROBLEM_JSON);
    if is_problem || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let mut problem = Refusal::from(problem_of(status)).into_response();
    if let Some(allowed) = response.headers().get(header::ALLOW) {
        problem.headers_mut().insert(header::ALLOW, allowed.clone());
    }
    problem
}

/// A handler that panicked answers like any failure; its words go to the log only.
pub(super) fn of_panic(_: Box<dyn Any + Send + 'static>) -> Response<Body> {
    tracing::error!("a handler panicked");
    Refusal::from(ProblemCode::Internal).into_response()
}

fn problem_of(status: StatusCode) -> Problem {
    let code = match status {
        StatusCode::NOT_FOUND => ProblemCode::NotFound,
        StatusCode::PAYLOAD_TOO_LARGE => ProblemCode::TooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => ProblemCode::UnsupportedMedia,
        StatusCode::REQUEST_TIMEOUT | StatusCode::SERVICE_UNAVAILABLE => ProblemCode::Unavailable,
        status if status.is_server_error() => ProblemCode::Internal,
        _ => ProblemCode::Malformed,
    };
    with_status(code, status)
}

/// The problem with this code and a status that is not the code's usual one.
pub(super) fn with_status(code: ProblemCode, status: StatusCode) -> Problem {
    Problem { status: status.as_u16(), ..Problem::new(code) }
}
