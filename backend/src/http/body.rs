//! JSON bodies, read strictly.

use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse as _;
use bytes::Bytes;
use citizen_contract::problem::ProblemCode;
use serde::de::DeserializeOwned;

use super::refusal::Refusal;

/// The body of a request as one of the contract's types, which deny unknown fields. Text nested
/// deeper than 128 levels is refused by the parser before it can fill the stack.
pub(super) struct Wire<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Wire<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let is_json = kind
            .and_then(|kind| kind.split(';').next())
            .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"));
        if !is_json {
            return Err(ProblemCode::UnsupportedMedia.into());
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| {
            match rejection.into_response().status() {
                StatusCode::PAYLOAD_TOO_LARGE => Refusal::from(ProblemCode::TooLarge),
                _ => ProblemCode::Malformed.into(),
            }
        })?;
        // The parser's own words may quote the body, so that they stay here.
        serde_json::from_slice(&bytes).map(Self).map_err(|_| ProblemCode::Malformed.into())
    }
}
