//! What people want of their data, as the intake office's tasks.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use citizen_contract::my_data::{AnswerData, DataTasks, DataTasksRequest};
use citizen_contract::problem::{Problem, ProblemCode};

use super::App;
use super::bearer::SignedIn;
use super::body::Wire;
use super::refusal::Refusal;
use crate::erase::{self, EraseError};
use crate::identity::my_data::{self, AnswerError, Answered};

/// `POST /v1/queries/data-requests`.
pub(super) async fn list(
    State(app): State<App>,
    who: SignedIn,
    Wire(DataTasksRequest {}): Wire<DataTasksRequest>,
) -> Result<Json<DataTasks>, Refusal> {
    of_the_office(&app, &who)?;
    Ok(Json(my_data::tasks(&app.identity).await?))
}

/// `POST /v1/data-requests/{request}/answer`. An erasure that is interrupted is gone through with later.
pub(super) async fn answer(
    State(app): State<App>,
    who: SignedIn,
    Path(request): Path<String>,
    Wire(input): Wire<AnswerData>,
) -> Result<StatusCode, Refusal> {
    of_the_office(&app, &who)?;
    let request = request.parse().map_err(|_| ProblemCode::NotFound)?;
    if let Answered::Erase(account) = my_data::answer(&app.identity, &who.reader, request, &input).await? {
        // Decided is decided: what hangs up or fails here is gone through with by the chores.
        let (files, by) = (app.files.clone(), who.reader.account.to_string());
        let work = tokio::spawn(async move { erase::erase_account(&files, account, &by).await });
        match work.await {
            Ok(Ok(done)) => tracing::info!(reports = done.reports, rows = done.rows, "an account was erased"),
            Ok(Err(error)) => log(&error),
            Err(_) => tracing::error!("an erasure stopped"),
        }
    }
    Ok(StatusCode::NO_CONTENT)
}

fn log(error: &EraseError) {
    tracing::warn!(%error, "an erasure is not through yet");
}

/// The office of the locality answers for all of it.
fn of_the_office(app: &App, who: &SignedIn) -> Result<(), Refusal> {
    let office = &app.backend.profile.locality.intake_unit;
    if who.reader.intake_units().any(|unit| unit == office) {
        return Ok(());
    }
    Err(ProblemCode::Forbidden.into())
}

impl From<AnswerError> for Refusal {
    fn from(error: AnswerError) -> Self {
        match error {
            AnswerError::Missing => ProblemCode::NotFound.into(),
            AnswerError::Ended => ProblemCode::ActNotAllowed.into(),
            AnswerError::Words => Problem::new(ProblemCode::WordsLength).at("/words").into(),
            AnswerError::Sealing => {
                tracing::error!("a correction could not be sealed");
                ProblemCode::Internal.into()
            }
            AnswerError::Db(error) => error.into(),
        }
    }
}
