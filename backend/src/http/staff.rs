//! Accounts of staff: one's own duties, and what administrators do.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use citizen_contract::problem::{Problem, ProblemCode};
use citizen_contract::staff::{
    AddStaff, AuditPage, AuditRequest, ChangePassword, ConfirmFactor, DutyLeft, ImportStaff, StaffAct,
    StaffPage, StaffRequest,
};

use super::App;
use super::bearer::{OnDuty, SignedIn};
use super::body::Wire;
use super::origin::CameFrom;
use super::refusal::Refusal;
use super::registrations::NO_STORE;
use crate::identity::staff::{self, ChangePasswordError, FactorError, StaffError};
use crate::identity::{OwnPasswordError, PasswordError};

/// `POST /v1/password`.
pub(super) async fn change_password(
    State(app): State<App>,
    OnDuty(who, _): OnDuty,
    CameFrom(origin): CameFrom,
    Wire(input): Wire<ChangePassword>,
) -> Result<Json<DutyLeft>, Refusal> {
    let account = who.reader.account;
    Ok(Json(staff::change_password(&app.identity, account, &who.token, &input, origin).await?))
}

/// `POST /v1/second-factor`.
pub(super) async fn begin_factor(
    State(app): State<App>,
    OnDuty(who, _): OnDuty,
) -> Result<impl IntoResponse, Refusal> {
    Ok((NO_STORE, Json(staff::begin_factor(&app.identity, who.reader.account).await?)))
}

/// `POST /v1/second-factor/confirm`.
pub(super) async fn confirm_factor(
    State(app): State<App>,
    OnDuty(who, device): OnDuty,
    Wire(input): Wire<ConfirmFactor>,
) -> Result<Json<DutyLeft>, Refusal> {
    Ok(Json(staff::confirm_factor(&app.identity, who.reader.account, device, &input).await?))
}

/// `POST /v1/sessions/current/active`.
pub(super) async fn active(State(app): State<App>, OnDuty(who, _): OnDuty) -> Result<StatusCode, Refusal> {
    staff::active(&app.identity, &who.token).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /v1/queries/staff`.
pub(super) async fn list(
    State(app): State<App>,
    who: SignedIn,
    Wire(request): Wire<StaffRequest>,
) -> Result<Json<StaffPage>, Refusal> {
    Ok(Json(staff::list(&app.identity, &who.reader, request).await?))
}

/// `POST /v1/queries/audit`.
pub(super) async fn audit(
    State(app): State<App>,
    who: SignedIn,
    Wire(request): Wire<AuditRequest>,
) -> Result<Json<AuditPage>, Refusal> {
    Ok(Json(staff::audit_page(&app.identity, &who.reader, request).await?))
}

/// `POST /v1/staff`.
pub(super) async fn add(
    State(app): State<App>,
    who: SignedIn,
    Wire(input): Wire<AddStaff>,
) -> Result<impl IntoResponse, Refusal> {
    Ok((NO_STORE, Json(staff::add(&app.identity, &who.reader, &input).await?)))
}

/// `POST /v1/staff/{account}`; an account out of reach does not exist.
pub(super) async fn act(
    State(app): State<App>,
    who: SignedIn,
    Path(account): Path<String>,
    Wire(input): Wire<StaffAct>,
) -> Result<impl IntoResponse, Refusal> {
    let account = account.parse().map_err(|_| StaffError::NotFound);
    Ok((NO_STORE, Json(staff::act(&app.identity, &who.reader, account?, input).await?)))
}

/// `POST /v1/staff-import`.
pub(super) async fn import(
    State(app): State<App>,
    who: SignedIn,
    Wire(input): Wire<ImportStaff>,
) -> Result<impl IntoResponse, Refusal> {
    Ok((NO_STORE, Json(staff::import(&app.identity, &who.reader, input).await?)))
}

impl From<StaffError> for Refusal {
    fn from(error: StaffError) -> Self {
        match error {
            StaffError::Forbidden | StaffError::NotWhole => ProblemCode::Forbidden.into(),
            StaffError::NotFound => ProblemCode::NotFound.into(),
            StaffError::NotOneself => ProblemCode::NotOneself.into(),
            StaffError::LastAdministrator => ProblemCode::LastAdministrator.into(),
            StaffError::Invalid(field) => Problem::new(ProblemCode::Invalid).at(field).into(),
            StaffError::UnknownUnit => ProblemCode::UnknownUnit.into(),
            StaffError::NameDiffers => ProblemCode::NameDiffers.into(),
            StaffError::Password(error) => not_hashed(error),
            StaffError::Sealing => {
                tracing::error!("a number could not be sealed");
                ProblemCode::Internal.into()
            }
            StaffError::Db(error) => error.into(),
        }
    }
}

impl From<ChangePasswordError> for Refusal {
    fn from(error: ChangePasswordError) -> Self {
        match error {
            ChangePasswordError::Current(OwnPasswordError::Wrong) => {
                Problem::new(ProblemCode::Invalid).at("/current").into()
            }
            ChangePasswordError::Current(error) => error.into(),
            ChangePasswordError::Weak => Problem::new(ProblemCode::PasswordWeak).at("/new").into(),
            ChangePasswordError::Password(error) => not_hashed(error),
            ChangePasswordError::Db(error) => error.into(),
        }
    }
}

impl From<FactorError> for Refusal {
    fn from(error: FactorError) -> Self {
        match error {
            FactorError::NotNow => ProblemCode::ActNotAllowed.into(),
            FactorError::Code(error) => error.into(),
            FactorError::Sealing => {
                tracing::error!("a second factor could not be sealed");
                ProblemCode::Internal.into()
            }
            FactorError::Db(error) => error.into(),
        }
    }
}

fn not_hashed(error: PasswordError) -> Refusal {
    if error == PasswordError::Busy {
        return Refusal::from(ProblemCode::Unavailable).retry_after(5);
    }
    tracing::error!(%error, "a password could not be hashed");
    ProblemCode::Internal.into()
}
