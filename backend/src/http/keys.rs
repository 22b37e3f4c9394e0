//! `GET /v1/keys`: the signing keys, signed by the root.

use axum::Json;
use axum::extract::State;
use citizen_contract::signed::Signed;

use super::App;

/// The list; the client checks it with the root key of its deployment file.
pub(super) async fn list(State(app): State<App>) -> Json<Signed> {
    Json(app.backend.signer.keys().clone())
}
