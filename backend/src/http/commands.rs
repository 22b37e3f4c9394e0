//! `POST /v1/commands`: the one door up.

use axum::Json;
use axum::extract::State;
use citizen_contract::command::MAX_BATCH;
use citizen_contract::outcome::{CommandBatch, CommandOutcomes, Verdict};
use citizen_contract::problem::{Problem, ProblemCode};

use super::App;
use super::bearer::SignedIn;
use super::body::Wire;
use super::refusal::Refusal;
use crate::commands;

/// Decides on a batch. A problem for the whole request means that none of it was looked at.
pub(super) async fn accept(
    State(app): State<App>,
    who: SignedIn,
    Wire(batch): Wire<CommandBatch>,
) -> Result<Json<CommandOutcomes>, Refusal> {
    if batch.commands.len() > MAX_BATCH {
        return Err(Problem::new(ProblemCode::TooLarge).at("/commands").into());
    }
    let outcomes = commands::accept(&app.backend, &who.reader, batch.commands).await;
    for outcome in &outcomes.outcomes {
        app.metrics.judged(match outcome.verdict {
            Verdict::Accepted { .. } => "accepted",
            Verdict::Refused { .. } => "refused",
            Verdict::Retry { .. } => "retry",
        });
    }
    Ok(Json(outcomes))
}
