//! `/v1/sessions`: signing in, staying in, signing out.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use citizen_contract::session::{Refresh, SignIn};

use super::App;
use super::bearer::SignedIn;
use super::body::Wire;
use super::origin::CameFrom;
use super::refusal::Refusal;
use crate::identity;

/// `POST /v1/sessions`.
pub(super) async fn sign_in(
    State(app): State<App>,
    CameFrom(origin): CameFrom,
    Wire(input): Wire<SignIn>,
) -> Result<impl IntoResponse, Refusal> {
    let grant = identity::sign_in(&app.identity, &input, origin).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(grant)))
}

/// `POST /v1/sessions/refresh`.
pub(super) async fn refresh(
    State(app): State<App>,
    Wire(input): Wire<Refresh>,
) -> Result<impl IntoResponse, Refusal> {
    let grant = identity::refresh(&app.identity, &input).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(grant)))
}

/// `DELETE /v1/sessions/current`.
pub(super) async fn sign_out(State(app): State<App>, who: SignedIn) -> Result<StatusCode, Refusal> {
    identity::sign_out(&app.identity, &who.token).await?;
    Ok(StatusCode::NO_CONTENT)
}
