//! One command in one transaction.

use std::sync::Arc;

use citizen_contract::command::Envelope;
use citizen_contract::outcome::{Receipt, Verdict};
use citizen_contract::problem::{Problem, ProblemCode};
use citizen_contract::profile::Profile;
use citizen_contract::sync::Nudge;
use citizen_contract::time::UtcMillis;

use super::dispatch::dispatch;
use super::incoming::Incoming;
use super::outcomes::{self, Claim};
use crate::auth::Reader;
use crate::db::{DbError, Tx};
use crate::feeds;
use crate::ledger::{Done, Order, Refusal};
use crate::receipts::Signer;

/// Everything that deciding one command needs; the transaction may run more than once.
#[derive(Debug)]
pub(super) struct Task {
    pub(super) incoming: Incoming,
    pub(super) reader: Reader,
    pub(super) now: UtcMillis,
    pub(super) salt: [u8; 32],
    pub(super) number: Option<String>,
    pub(super) profile: Arc<Profile>,
    pub(super) signer: Arc<Signer>,
}

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
    let (account, id) = (task.reader.account, task.incoming.id);
    // Looked up before anything is claimed, because a retry must leave nothing behind.
    let predecessor = match task.incoming.envelope.as_ref().ok().and_then(|envelope| envelope.after) {
        None => Some(true),
        Some(after) => outcomes::accepted(tx, account, after)?,
    };
    if predecessor.is_none() && outcomes::accepted(tx, account, id)?.is_none() {
        let problem = Problem::new(ProblemCode::PredecessorUnknown);
        return Ok(Decided::quietly(Verdict::Retry { problem, retry_after_s: None }));
    }
    match outcomes::claim(tx, account, id, &task.incoming.content, task.now)? {
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
    let result = match &task.incoming.envelope {
        Err(problem) => Err(problem.clone().into()),
        Ok(_) if predecessor == Some(false) => Err(ProblemCode::PredecessorRefused.into()),
        // What a refused verb has written is undone, the claim stays.
        Ok(envelope) => tx.savepoint(|tx| dispatch(tx, &order(task, envelope))),
    };
    match result {
        Err(Refusal::Db(error)) => Err(error),
        Err(Refusal::Final(problem)) => {
            let verdict = Verdict::Refused { problem: *problem };
            outcomes::record(tx, account, id, &verdict)?;
            Ok(Decided::quietly(verdict))
        }
        Ok(done) => {
            let verdict = Verdict::Accepted { receipt: task.signer.receipt(&receipt(task, &done)) };
            outcomes::record(tx, account, id, &verdict)?;
            let mut nudges = feeds::bump(tx, &done.moved)?;
            nudges.extend(done.queue_moved.then_some(Nudge::Queue));
            Ok(Decided { verdict, nudges, number_used: Some(&done.number) == task.number.as_ref() })
        }
    }
}

fn order(task: &Task, envelope: &Envelope) -> Order {
    Order {
        envelope: envelope.clone(),
        reader: task.reader.clone(),
        now: task.now,
        salt: task.salt,
        number: task.number.clone(),
        profile: task.profile.clone(),
    }
}

fn receipt(task: &Task, done: &Done) -> Receipt {
    Receipt {
        command_id: task.incoming.id,
        content_sha256: task.incoming.content.clone(),
        received_at: task.now,
        report_id: Some(done.report_id),
        report_number: Some(done.number.clone()),
        revision: Some(done.revision),
        first_deadline: done.first_deadline,
    }
}
