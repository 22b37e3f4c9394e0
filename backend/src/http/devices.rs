//! Where somebody is signed in, and one device signing another out.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use citizen_contract::devices::{DeviceList, DevicesRequest};
use citizen_contract::problem::ProblemCode;

use super::App;
use super::bearer::SignedIn;
use super::body::Wire;
use super::refusal::Refusal;
use crate::identity;

/// `POST /v1/queries/devices`.
pub(super) async fn list(
    State(app): State<App>,
    who: SignedIn,
    Wire(DevicesRequest {}): Wire<DevicesRequest>,
) -> Result<Json<DeviceList>, Refusal> {
    Ok(Json(identity::devices(&app.identity, who.reader.account, &who.token).await?))
}

/// `DELETE /v1/devices/{device}`; somebody else's device does not exist.
pub(super) async fn cut_off(
    State(app): State<App>,
    who: SignedIn,
    Path(device): Path<String>,
) -> Result<StatusCode, Refusal> {
    let device = device.parse().map_err(|_| ProblemCode::NotFound)?;
    match identity::cut_off(&app.identity, who.reader.account, device).await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(ProblemCode::NotFound.into()),
    }
}
