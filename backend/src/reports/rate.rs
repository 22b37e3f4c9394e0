//! `report.rate`: the sender rates the answer; `unresolved` gives the report to the unit again.

use citizen_contract::command::{Rate, Rating};
use citizen_contract::report_state::ReportState;

use crate::db::Tx;
use crate::ledger::{Done, OpenReport, Order, Payload, Refusal, deadlines, words};

/// Records the verdict. A reopened report gets a fresh deadline.
///
/// # Errors
/// A refusal; see [`OpenReport::open`].
pub fn apply(tx: &mut Tx<'_>, order: &Order, body: &Rate) -> Result<Done, Refusal> {
    let mut report = OpenReport::open(tx, order)?;
    // A bare "unresolved" would leave the unit guessing what is missing.
    if body.rating == Rating::Unresolved || !body.words.is_empty() {
        words(&body.words, "/body/words")?;
    }
    if report.row.state == ReportState::Reopened {
        let urgency = report.row.urgency;
        report.row.answer_by = Some(deadlines::answer_by(&order.profile, urgency, order.now));
        report.row.answered_by = None;
    }
    let payload = Payload {
        words: Some(body.words.clone()).filter(|words| !words.is_empty()),
        rating: Some(body.rating),
        ..Payload::default()
    };
    report.finish(tx, order, payload, None)
}
