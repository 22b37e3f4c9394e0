//! `/v1/password-resets`: a new password for one that was forgotten.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use citizen_contract::registration::{FinishRegistration, ResetPassword};

use super::App;
use super::body::Wire;
use super::origin::CameFrom;
use super::refusal::Refusal;
use super::registrations::{NO_STORE, challenge_id, challenged};
use crate::identity::{self, ResetPasswordError};

/// `POST /v1/password-resets`.
pub(super) async fn begin(
    State(app): State<App>,
    CameFrom(origin): CameFrom,
    Wire(input): Wire<ResetPassword>,
) -> Result<impl IntoResponse, Refusal> {
    let sent = identity::reset_password(&app.identity, &input, origin).await;
    if let Err(ResetPasswordError::Code(error)) = &sent {
        app.metrics.code_not_sent(error);
    }
    Ok(challenged(&app, sent?))
}

/// `POST /v1/password-resets/{challenge}/finish`.
pub(super) async fn finish(
    State(app): State<App>,
    CameFrom(origin): CameFrom,
    Path(challenge): Path<String>,
    Wire(input): Wire<FinishRegistration>,
) -> Result<impl IntoResponse, Refusal> {
    let id = challenge_id(&challenge)?;
    let finished = identity::finish_reset(&app.identity, id, &input, origin).await;
    app.metrics.code_answered(finished.is_ok());
    Ok((NO_STORE, Json(finished?)))
}
