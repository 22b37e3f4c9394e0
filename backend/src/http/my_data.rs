//! `/v1/my-data`: what somebody sees and wants of what is kept of them.

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use citizen_contract::my_data::{AskData, DataRequest, SetHomeUnit};
use citizen_contract::problem::{Problem, ProblemCode};
use std::sync::Arc;

use super::App;
use super::bearer::SignedIn;
use super::body::Wire;
use super::origin::CameFrom;
use super::refusal::Refusal;
use crate::export::{self, ExportError};
use crate::identity::my_data::{self, AskError, HomeUnitError, TakeBackError};

/// `POST /v1/my-data/home-unit`.
pub(super) async fn home_unit(
    State(app): State<App>,
    who: SignedIn,
    Wire(input): Wire<SetHomeUnit>,
) -> Result<StatusCode, Refusal> {
    my_data::set_home_unit(&app.identity, who.reader.account, input.home_unit).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /v1/my-data/requests`.
pub(super) async fn ask(
    State(app): State<App>,
    who: SignedIn,
    CameFrom(origin): CameFrom,
    Wire(input): Wire<AskData>,
) -> Result<Json<DataRequest>, Refusal> {
    Ok(Json(my_data::ask(&app.identity, who.reader.account, &input, origin).await?))
}

/// `DELETE /v1/my-data/requests/{request}`; somebody else's does not exist.
pub(super) async fn take_back(
    State(app): State<App>,
    who: SignedIn,
    Path(request): Path<String>,
) -> Result<StatusCode, Refusal> {
    let request = request.parse().map_err(|_| ProblemCode::NotFound)?;
    my_data::take_back(&app.identity, who.reader.account, request).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /v1/my-data/export`: a ZIP that is made while it is sent. One that breaks off is not whole.
pub(super) async fn export(State(app): State<App>, who: SignedIn) -> Result<impl IntoResponse, Refusal> {
    let turn = Arc::clone(&app.exports).try_acquire_owned();
    let turn = turn.map_err(|_| Refusal::from(ProblemCode::Unavailable).retry_after(10))?;
    let copy = export::open(&app.files, &app.identity, &who.reader).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CONTENT_DISPOSITION, "attachment".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
        // About how much it will be: packing makes words smaller and adds names.
        (header::HeaderName::from_static("x-about-bytes"), copy.about_bytes.to_string()),
    ];
    Ok((headers, Body::from_stream(copy.stream(turn))))
}

impl From<HomeUnitError> for Refusal {
    fn from(error: HomeUnitError) -> Self {
        match error {
            HomeUnitError::UnknownUnit => Problem::new(ProblemCode::UnknownUnit).at("/home_unit").into(),
            HomeUnitError::Db(error) => error.into(),
        }
    }
}

impl From<AskError> for Refusal {
    fn from(error: AskError) -> Self {
        match error {
            AskError::Invalid(field) => Problem::new(ProblemCode::Invalid).at(field).into(),
            AskError::NotNow => ProblemCode::ActNotAllowed.into(),
            AskError::Password(error) => error.into(),
            AskError::Sealing => {
                tracing::error!("a wish could not be kept");
                ProblemCode::Internal.into()
            }
            AskError::Db(error) => error.into(),
        }
    }
}

impl From<TakeBackError> for Refusal {
    fn from(error: TakeBackError) -> Self {
        match error {
            TakeBackError::Missing => ProblemCode::NotFound.into(),
            TakeBackError::Ended => ProblemCode::ActNotAllowed.into(),
            TakeBackError::Db(error) => error.into(),
        }
    }
}

impl From<ExportError> for Refusal {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Missing => ProblemCode::NotFound.into(),
            ExportError::Unreadable => {
                tracing::error!("a copy of somebody's data could not be made");
                ProblemCode::Internal.into()
            }
            ExportError::Db(error) => error.into(),
        }
    }
}
