//! One command in one transaction.

use citizen_contract::outcome::Verdict;
use citizen_contract::problem::{Problem, ProblemCode};
use citizen_contract::sync::Nudge;

use super::dispatch::dispatch;
use super::outcomes::{self, Claim};
use super::task::Task;
use crate::db::{DbError, Tx};
use crate::feeds;
use crate::ledger::Refusal;

/// What leaves after COMMIT.
#[derive(Debug)]
pub(super) struct Decided {
    pub(super) verdict: Verdict,
    pub(super) nudges: Vec<Nudge>,
    /// Whether the fresh number stands in a row now.
    pub(super) number_used: bool,
}

impl Decided {
    fn quietly(verdict: Verdict) -> Self {
        Self { verdict, nudges: Vec::new(), number_used: false }
    }
}

pub(super) fn carry_out(tx: &mut Tx<'_>, task: &Task) -> Result<Decided, DbError> {
    let (account, id) = (task.account, task.id);
    // Looked up before anything is claimed, because a retry must leave nothing behind.
    let predecessor = match task.after {
        None => Some(true),
        Some(after) => outcomes::accepted(tx, account, after)?,
    };
    if predecessor.is_none() && outcomes::accepted(tx, account, id)?.is_none() {
        let problem = Problem::new(ProblemCode::PredecessorUnknown);
        return Ok(Decided::quietly(Verdict::Retry { problem, retry_after_s: None }));
    }
    match outcomes::claim(tx, task)? {
        #[cfg(feature = "kill-points")]
        Claim::Decided(verdict) if crate::kill_points::planted("missing-dedupe") => {
            return super::forgetful::again(tx, task, verdict);
        }
        Claim::Decided(verdict) => return Ok(Decided::quietly(verdict)),
        Claim::OtherBytes => {
            let problem = Problem::new(ProblemCode::CommandIdReused);
            return Ok(Decided::quietly(Verdict::Refused { problem }));
        }
        Claim::New => {}
    }
    let result = match &task.order {
        Err(problem) => Err(problem.clone().into()),
        Ok(_) if predecessor == Some(false) => Err(ProblemCode::PredecessorRefused.into()),
        Ok(order) => match &task.prepared {
            // Without photos only its first statement can be refused.
            Some(prepared) if order.envelope.attachments.is_empty() => prepared.beginning.write(tx, order),
            // What a refused verb has written is undone, the claim stays.
            Some(prepared) => tx.savepoint(|tx| prepared.beginning.write(tx, order)),
            None => tx.savepoint(|tx| dispatch(tx, order)),
        },
    };
    match result {
        Err(Refusal::Db(error)) => Err(error),
        Err(Refusal::Final(problem)) => {
            let verdict = Verdict::Refused { problem: *problem };
            outcomes::record(tx, account, id, &verdict)?;
            Ok(Decided::quietly(verdict))
        }
        Ok(done) => {
            let verdict = match &task.prepared {
                // It was recorded with the claim.
                Some(prepared) => prepared.verdict.clone(),
                None => {
                    let verdict = task.accepted(&done);
                    outcomes::record(tx, account, id, &verdict)?;
                    verdict
                }
            };
            let mut nudges = feeds::bump(tx, &done.moved)?;
            nudges.extend(done.queue_moved.then_some(Nudge::Queue));
            Ok(Decided { verdict, nudges, number_used: Some(&done.number) == task.number() })
        }
    }
}
