//! A number that is taken from an account that is not of the card's owner.

use axum::Json;
use axum::extract::State;
use citizen_contract::checks::{CardChecked, CheckCard};
use citizen_contract::problem::ProblemCode;

use super::App;
use super::bearer::SignedIn;
use super::body::Wire;
use super::refusal::Refusal;
use crate::identity::{self, FreeNumberError};

/// `POST /v1/card-checks/free`.
pub(super) async fn free(
    State(app): State<App>,
    who: SignedIn,
    Wire(input): Wire<CheckCard>,
) -> Result<Json<CardChecked>, Refusal> {
    if who.reader.intake_units().next().is_none() {
        return Err(ProblemCode::Forbidden.into());
    }
    Ok(Json(identity::free_number(&app.identity, &who.reader, &input).await?))
}

impl From<FreeNumberError> for Refusal {
    fn from(error: FreeNumberError) -> Self {
        match error {
            FreeNumberError::Look(error) => error.into(),
            FreeNumberError::Stays => ProblemCode::ActNotAllowed.into(),
        }
    }
}
