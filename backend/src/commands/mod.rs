//! The one door up: every change that a person makes is a command.
//!
//! Each command runs in one transaction: its key (account, command id) is claimed, the verb applied,
//! the outcome recorded, the feeds bumped. Equal commands therefore get equal outcomes, however
//! concurrently they arrive. Commands on one report run in the order of the batch; different reports
//! run side by side and share a group commit. To add a kind: a verb in its slice, one line in
//! `dispatch`.

mod carry_out;
mod check;
mod dispatch;
#[cfg(feature = "kill-points")]
mod forgetful;
mod incoming;
mod outcomes;
mod task;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use citizen_contract::outcome::{CommandOutcome, CommandOutcomes, Verdict};
use citizen_contract::problem::{Problem, ProblemCode};
use futures::future::join_all;

use crate::Backend;
use crate::auth::Reader;
use crate::db::{DbError, Migration, StorageFault, WriteError};
use crate::kill_points;
use carry_out::carry_out;
use incoming::Incoming;
use task::Task;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] =
    &[Migration { id: "2024-04-01-commands", sql: include_str!("2024-04-01-commands.sql") }];

/// Decides on a batch. The outcomes stand in the order of the texts; each is final or says "retry".
pub async fn accept(backend: &Backend, reader: &Reader, texts: Vec<String>) -> CommandOutcomes {
    kill_points::reached("received");
    let mut lanes: BTreeMap<String, Vec<(usize, Incoming)>> = BTreeMap::new();
    let mut outcomes: Vec<Option<CommandOutcome>> = Vec::new();
    for (place, text) in texts.into_iter().enumerate() {
        match Incoming::read(text) {
            Ok(incoming) => {
                outcomes.push(None);
                lanes.entry(incoming.lane()).or_default().push((place, incoming));
            }
            // Without an id there is nothing to record it under.
            Err(problem) => outcomes.push(Some(refused(problem))),
        }
    }
    let lanes = lanes.into_values().map(|lane| async move {
        let mut decided = Vec::with_capacity(lane.len());
        for (place, incoming) in lane {
            decided.push((place, decide(backend, reader, incoming).await));
        }
        decided
    });
    for (place, outcome) in join_all(lanes).await.into_iter().flatten() {
        if let Some(slot) = outcomes.get_mut(place) {
            *slot = Some(outcome);
        }
    }
    kill_points::reached("decided");
    let missing = || refused(Problem::new(ProblemCode::Internal));
    CommandOutcomes {
        outcomes: outcomes.into_iter().map(|outcome| outcome.unwrap_or_else(missing)).collect(),
    }
}

async fn decide(backend: &Backend, reader: &Reader, incoming: Incoming) -> CommandOutcome {
    let command_id = Some(incoming.id);
    let number = match number_for(backend, &incoming).await {
        Ok(number) => number,
        Err(error) => return CommandOutcome { command_id, verdict: later(&error) },
    };
    let task = Task::new(backend, reader, incoming, number.clone());
    let verdict = match backend.db.write(move |tx| carry_out(tx, &task)).await.map_err(WriteError::flatten) {
        Err(error) => later(&error),
        Ok(decided) => {
            if let (false, Some(number)) = (decided.number_used, number) {
                backend.numbers.give_back(number).await;
            }
            backend.nudges.tell(decided.nudges);
            decided.verdict
        }
    };
    CommandOutcome { command_id, verdict }
}

async fn number_for(backend: &Backend, incoming: &Incoming) -> Result<Option<String>, DbError> {
    if !incoming.makes_report() {
        return Ok(None);
    }
    backend.numbers.take(&backend.db, &backend.profile.locality.report_prefix).await.map(Some)
}

/// Nothing was recorded: the same command may come again.
fn later(error: &DbError) -> Verdict {
    let code = match error {
        DbError::Storage(StorageFault::Full) => ProblemCode::StorageFull,
        DbError::Storage(_) | DbError::Contended => ProblemCode::Unavailable,
        _ => ProblemCode::Internal,
    };
    tracing::warn!(code = error.code(), %error, "a command was not decided");
    Verdict::Retry { problem: Problem::new(code), retry_after_s: None }
}

fn refused(problem: Problem) -> CommandOutcome {
    CommandOutcome { command_id: None, verdict: Verdict::Refused { problem } }
}
