//! Where the intake office finds a report, and how many it has there.

use citizen_contract::ids::{ReportId, UnitId};
use citizen_contract::report_state::ReportState;
use serde::{Deserialize, Serialize};

use super::word::word;
use crate::db::{DbError, Tx};
use crate::params;

/// A queue of the intake office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Queue {
    /// To be taken in.
    ToTakeIn,
    /// Waiting for the sender.
    AwaitingSender,
    /// With a unit.
    Handling,
    /// Answered, rated or refused.
    Done,
}

impl Queue {
    /// The queue of a report in this state.
    #[must_use]
    pub fn of(state: ReportState) -> Self {
        match state {
            ReportState::Received => Self::ToTakeIn,
            ReportState::NeedsInformation => Self::AwaitingSender,
            ReportState::Assigned
            | ReportState::InProgress
            | ReportState::AwaitingApproval
            | ReportState::Reopened => Self::Handling,
            ReportState::Answered | ReportState::Closed | ReportState::Refused => Self::Done,
        }
    }
}

/// Counts are spread over so many rows a queue.
const SHARDS: u8 = 64;

/// Moves a report from one queue's count to another's.
pub(super) fn shift(
    tx: &mut Tx<'_>,
    office: &UnitId,
    report: ReportId,
    from: Option<Queue>,
    to: Queue,
) -> Result<(), DbError> {
    if from == Some(to) {
        return Ok(());
    }
    let mut steps: Vec<(Queue, i64)> = from.map(|queue| (queue, -1)).into_iter().chain([(to, 1)]).collect();
    // Always in the same order, so that two reports of one shard never wait for each other.
    steps.sort();
    let shard = report.0.as_bytes().last().copied().unwrap_or_default() % SHARDS;
    for (queue, step) in steps {
        tx.execute(
            "INSERT INTO queue_counts (intake_unit, queue, shard, reports) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (intake_unit, queue, shard) DO UPDATE SET reports = queue_counts.reports + ?4",
            params![office.as_str(), word(queue), shard, step],
        )?;
    }
    Ok(())
}

/// How many reports each queue of an office has.
///
/// # Errors
/// [`DbError`] of the room.
pub fn totals(tx: &mut Tx<'_>, office: &UnitId) -> Result<Vec<(Queue, u64)>, DbError> {
    tx.query(
        "SELECT queue, CAST(SUM(reports) AS BIGINT) FROM queue_counts WHERE intake_unit = ?1 GROUP BY queue",
        params![office.as_str()],
        |row| Ok((super::word::read(row.text(0)?, 0)?, u64::try_from(row.int(1)?).unwrap_or(0))),
    )
}
