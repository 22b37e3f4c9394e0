//! Levels of identity: an official who saw a card, and the national identification.

use axum::Json;
use axum::extract::State;
use citizen_contract::checks::{CardChecked, CheckCard};
use citizen_contract::problem::{Problem, ProblemCode};

use super::App;
use super::bearer::SignedIn;
use super::body::Wire;
use super::refusal::Refusal;
use crate::identity::{self, CheckCardError};

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
