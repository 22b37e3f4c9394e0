//! `report.note`: a note among officials; citizens never see it.

use citizen_contract::command::OnReport;

use crate::db::Tx;
use crate::ledger::{Done, OpenReport, Order, Payload, Refusal, words};

/// Keeps the note.
///
/// # Errors
/// A refusal; see [`OpenReport::open`].
pub fn apply(tx: &mut Tx<'_>, order: &Order, body: &OnReport) -> Result<Done, Refusal> {
    let report = OpenReport::open(tx, order)?;
    words(&body.words, "/body/words")?;
    report.finish(tx, order, Payload::words(&body.words), None)
}
