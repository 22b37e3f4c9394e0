//! `/v1/sessions`: signing in, staying in, signing out.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use citizen_contract::registration::FinishSignIn;
use citizen_contract::session::{Refresh, SignIn};

use super::App;
use super::bearer::OnDuty;
use super::body::Wire;
use super::origin::CameFrom;
use super::refusal::Refusal;
use super::registrations::{NO_STORE, challenge_id, challenged};
use crate::identity::{self, SignInError, SignedIn as Entry};

/// `POST /v1/sessions`: a session, or 202 and a challenge for a new device.
pub(super) async fn sign_in(
    State(app): State<App>,
    CameFrom(origin): CameFrom,
    Wire(input): Wire<SignIn>,
) -> Result<Response, Refusal> {
    let entry = identity::sign_in(&app.identity, &input, origin).await;
    if let Err(SignInError::Code(error)) = &entry {
        app.metrics.code_not_sent(error);
    }
    Ok(match entry? {
        Entry::Granted(grant) => (NO_STORE, Json(grant)).into_response(),
        Entry::Factor(asked) => (StatusCode::ACCEPTED, NO_STORE, Json(asked)).into_response(),
        Entry::CodeSent(sent) => challenged(&app, sent).into_response(),
    })
}

/// `POST /v1/sessions/{challenge}/finish`.
pub(super) async fn finish(
    State(app): State<App>,
    CameFrom(origin): CameFrom,
    Path(challenge): Path<String>,
    Wire(input): Wire<FinishSignIn>,
) -> Result<impl IntoResponse, Refusal> {
    let id = challenge_id(&challenge)?;
    let finished = identity::finish_sign_in(&app.identity, id, &input, origin).await;
    app.metrics.code_answered(finished.is_ok());
    Ok((NO_STORE, Json(finished?)))
}

/// `POST /v1/sessions/refresh`.
pub(super) async fn refresh(
    State(app): State<App>,
    Wire(input): Wire<Refresh>,
) -> Result<impl IntoResponse, Refusal> {
    let grant = identity::refresh(&app.identity, &input).await?;
    Ok((NO_STORE, Json(grant)))
}

/// `DELETE /v1/sessions/current`.
pub(super) async fn sign_out(State(app): State<App>, OnDuty(who, _): OnDuty) -> Result<StatusCode, Refusal> {
    identity::sign_out(&app.identity, &who.token).await?;
    Ok(StatusCode::NO_CONTENT)
}
