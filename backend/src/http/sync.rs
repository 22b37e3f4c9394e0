//! `POST /v1/sync`: the one door down.

use axum::Json;
use axum::extract::State;
use citizen_contract::sync::{SyncAnswer, SyncRequest};

use super::App;
use super::bearer::SignedIn;
use super::body::Wire;
use super::refusal::Refusal;
use crate::sync;

/// What changed since the cursors; without a session only public feeds.
pub(super) async fn answer(
    State(app): State<App>,
    who: Option<SignedIn>,
    Wire(request): Wire<SyncRequest>,
) -> Result<Json<SyncAnswer>, Refusal> {
    let reader = who.as_ref().map(|who| &who.reader);
    Ok(Json(sync::answer(&app.backend, reader, request).await?))
}
