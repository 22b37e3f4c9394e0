//! `report.return_answer`: the approver gives the proposed answer back with a reason.

use citizen_contract::command::OnReport;

use crate::db::Tx;
use crate::ledger::{Done, OpenReport, Order, Payload, Refusal, words};

/// Returns the answer to the handlers.
///
/// # Errors
/// A refusal; see [`OpenReport::open`].
pub fn apply(tx: &mut Tx<'_>, order: &Order, body: &OnReport) -> Result<Done, Refusal> {
    let mut report = OpenReport::open(tx, order)?;
    words(&body.words, "/body/words")?;
    report.row.answered_by = None;
    report.finish(tx, order, Payload::words(&body.words), None)
}
