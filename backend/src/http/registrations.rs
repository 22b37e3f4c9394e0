//! Registering, and the codes that prove a phone.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::IntoResponse;
use citizen_contract::ids::ChallengeId;
use citizen_contract::problem::ProblemCode;
use citizen_contract::registration::{FinishRegistration, Register};

use super::App;
use super::body::Wire;
use super::origin::CameFrom;
use super::refusal::Refusal;
use crate::identity::{self, CodeSent, RegisterError, ResendError};

/// Answers that hold tokens or challenges are for nobody's cache.
pub(super) const NO_STORE: [(HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];

/// `POST /v1/registrations`.
pub(super) async fn register(
    State(app): State<App>,
    CameFrom(origin): CameFrom,
    Wire(input): Wire<Register>,
) -> Result<impl IntoResponse, Refusal> {
    let sent = identity::register(&app.identity, &input, origin).await;
    if let Err(RegisterError::Code(error)) = &sent {
        app.metrics.code_not_sent(error);
    }
    Ok(challenged(&app, sent?))
}

/// `POST /v1/challenges/{challenge}/resend`.
pub(super) async fn resend(
    State(app): State<App>,
    CameFrom(origin): CameFrom,
    Path(challenge): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    let sent = identity::resend(&app.identity, challenge_id(&challenge)?, origin).await;
    if let Err(ResendError::Code(error)) = &sent {
        app.metrics.code_not_sent(error);
    }
    Ok(challenged(&app, sent?))
}

/// `POST /v1/registrations/{challenge}/finish`.
pub(super) async fn finish(
    State(app): State<App>,
    CameFrom(origin): CameFrom,
    Path(challenge): Path<String>,
    Wire(input): Wire<FinishRegistration>,
) -> Result<impl IntoResponse, Refusal> {
    let id = challenge_id(&challenge)?;
    let finished = identity::finish_registration(&app.identity, id, &input, origin).await;
    app.metrics.code_answered(finished.is_ok());
    Ok((StatusCode::CREATED, NO_STORE, Json(finished?)))
}

/// A code is on its way: 202, whoever it is for.
pub(super) fn challenged(app: &App, sent: CodeSent) -> impl IntoResponse + use<> {
    app.metrics.code_sent(sent.today);
    (StatusCode::ACCEPTED, NO_STORE, Json(sent.challenge))
}

/// What is no id is a challenge that was never there.
pub(super) fn challenge_id(text: &str) -> Result<ChallengeId, Refusal> {
    text.parse().map_err(|_| ProblemCode::CodeOver.into())
}
