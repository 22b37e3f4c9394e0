//! `report.refuse`: the intake office does not take the report in.

use citizen_contract::command::Refuse;
use citizen_contract::problem::{Problem, ProblemCode};

use crate::db::Tx;
use crate::ledger::{Done, OpenReport, Order, Payload, Refusal, words};

/// Ends the report with a reason that the sender reads.
///
/// # Errors
/// A refusal; see [`OpenReport::open`].
pub fn apply(tx: &mut Tx<'_>, order: &Order, body: &Refuse) -> Result<Done, Refusal> {
    let mut report = OpenReport::open(tx, order)?;
    words(&body.words, "/body/words")?;
    if !order.profile.wording.refusal_reasons.iter().any(|reason| reason.code == body.reason) {
        return Err(Problem::new(ProblemCode::Invalid).at("/body/reason").into());
    }
    report.row.paused_since = None;
    let payload = Payload { reason: Some(body.reason.clone()), ..Payload::words(&body.words) };
    report.finish(tx, order, payload, None)
}
