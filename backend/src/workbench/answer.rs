//! `report.answer`: the unit proposes an answer; attachments are its proof.

use citizen_contract::command::OnReport;

use crate::db::Tx;
use crate::ledger::{Done, OpenReport, Order, Payload, Refusal, words};

/// Proposes the answer; somebody else of the unit must approve it.
///
/// # Errors
/// A refusal; see [`OpenReport::open`].
pub fn apply(tx: &mut Tx<'_>, order: &Order, body: &OnReport) -> Result<Done, Refusal> {
    let mut report = OpenReport::open(tx, order)?;
    words(&body.words, "/body/words")?;
    report.row.answered_by = Some(order.reader.account);
    report.finish(tx, order, Payload::words(&body.words), None)
}
