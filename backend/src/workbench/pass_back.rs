//! `report.pass_back`: the unit gives a report back to the intake office with a reason.

use citizen_contract::command::OnReport;

use crate::db::Tx;
use crate::ledger::{Done, OpenReport, Order, Payload, Refusal, deadlines, words};

/// Gives the report back. The office has a fresh period to find the right unit, and the unit no
/// longer sees the report.
///
/// # Errors
/// A refusal; see [`OpenReport::open`].
pub fn apply(tx: &mut Tx<'_>, order: &Order, body: &OnReport) -> Result<Done, Refusal> {
    let mut report = OpenReport::open(tx, order)?;
    words(&body.words, "/body/words")?;
    report.row.handling_unit = None;
    report.row.answer_by = None;
    report.row.answered_by = None;
    report.row.take_in_by = deadlines::take_in_by(&order.profile, report.row.urgency, order.now);
    report.finish(tx, order, Payload::words(&body.words), None)
}
