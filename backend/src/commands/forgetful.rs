//! A planted fault, for tests alone: a backend that forgets what it has decided, so that the same
//! command makes a second report.

use citizen_contract::ids::CommandId;
use citizen_contract::outcome::Verdict;

use super::carry_out::{Decided, carry_out};
use super::task::Task;
use crate::clock::{SystemRandom, random_bytes};
use crate::db::{DbError, Tx};

/// Carries the command out once more under another id; the caller gets the recorded answer.
pub(super) fn again(tx: &mut Tx<'_>, task: &Task, verdict: Verdict) -> Result<Decided, DbError> {
    let id = CommandId::from_parts(task.now, random_bytes(&SystemRandom));
    let decided = carry_out(tx, &task.twin(id, random_bytes(&SystemRandom)))?;
    Ok(Decided { verdict, ..decided })
}
