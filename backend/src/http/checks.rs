//! Levels of identity: an official who saw a card, and the national identification.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use citizen_contract::checks::{BeginNational, CardChecked, Check, CheckCard, FinishNational};
use citizen_contract::problem::{Problem, ProblemCode};

use super::App;
use super::bearer::SignedIn;
use super::body::Wire;
use super::refusal::Refusal;
use super::registrations::NO_STORE;
use crate::identity::{self, BeginNationalError, CheckCardError, FinishNationalError};

/// How long to wait after too many attempts, in seconds.
const A_WHILE: u32 = 15 * 60;
/// How long to wait for a provider that does not answer, in seconds.
const A_MOMENT: u32 = 10;

/// `POST /v1/card-checks`.
pub(super) async fn card(
    State(app): State<App>,
    who: SignedIn,
    Wire(input): Wire<CheckCard>,
) -> Result<Json<CardChecked>, Refusal> {
    if who.reader.roles.is_empty() {
        return Err(ProblemCode::Forbidden.into());
    }
    Ok(Json(identity::check_card(&app.identity, &who.reader, &input).await?))
}

/// `POST /v1/identity-checks`.
pub(super) async fn begin(
    State(app): State<App>,
    who: SignedIn,
    Wire(input): Wire<BeginNational>,
) -> Result<impl IntoResponse, Refusal> {
    let begun = identity::begin_national(&app.identity, who.reader.account, &input).await?;
    Ok((StatusCode::CREATED, NO_STORE, Json(begun)))
}

/// `POST /v1/identity-checks/{check}/finish`; somebody else's attempt does not exist.
pub(super) async fn finish(
    State(app): State<App>,
    who: SignedIn,
    Path(check): Path<String>,
    Wire(input): Wire<FinishNational>,
) -> Result<Json<Check>, Refusal> {
    let id = check.parse().map_err(|_| ProblemCode::CheckOver)?;
    Ok(Json(identity::finish_national(&app.identity, who.reader.account, id, &input).await?))
}

impl From<BeginNationalError> for Refusal {
    fn from(error: BeginNationalError) -> Self {
        match error {
            BeginNationalError::Off => ProblemCode::NotFound.into(),
            BeginNationalError::Invalid(field) => Problem::new(ProblemCode::Invalid).at(field).into(),
            BeginNationalError::AlreadyChecked => ProblemCode::AlreadyChecked.into(),
            BeginNationalError::TooOften => Self::from(ProblemCode::TooManyRequests).retry_after(A_WHILE),
            BeginNationalError::National(_) => {
                Self::from(ProblemCode::NationalUnavailable).retry_after(A_MOMENT)
            }
            BeginNationalError::Sealing => {
                tracing::error!("an attempt could not be sealed");
                ProblemCode::Internal.into()
            }
            BeginNationalError::Db(error) => error.into(),
        }
    }
}

impl From<FinishNationalError> for Refusal {
    fn from(error: FinishNationalError) -> Self {
        match error {
            FinishNationalError::Over => ProblemCode::CheckOver.into(),
            FinishNationalError::Refused => ProblemCode::CheckRefused.into(),
            FinishNationalError::NumberDiffers => ProblemCode::NumberDiffers.into(),
            FinishNationalError::Unavailable => {
                Self::from(ProblemCode::NationalUnavailable).retry_after(A_MOMENT)
            }
            FinishNationalError::Db(error) => error.into(),
        }
    }
}

impl From<CheckCardError> for Refusal {
    fn from(error: CheckCardError) -> Self {
        match error {
            CheckCardError::Invalid(field) => Problem::new(ProblemCode::Invalid).at(field).into(),
            CheckCardError::Forbidden => ProblemCode::Forbidden.into(),
            CheckCardError::TooOften { retry_after_s } => {
                Self::from(ProblemCode::TooManyRequests).retry_after(retry_after_s)
            }
            CheckCardError::Db(error) => error.into(),
        }
    }
}
