//! `report.add_information`: the sender adds what the office asked for, or what came to mind.

use citizen_contract::command::OnReport;
use citizen_contract::report_state::ReportState;

use crate::db::Tx;
use crate::ledger::{Done, OpenReport, Order, Payload, Refusal, deadlines, words};

/// Adds words and photos. If the office waited for them, its clock runs again.
///
/// # Errors
/// A refusal; see [`OpenReport::open`].
pub fn apply(tx: &mut Tx<'_>, order: &Order, body: &OnReport) -> Result<Done, Refusal> {
    let mut report = OpenReport::open(tx, order)?;
    words(&body.words, "/body/words")?;
    if report.before == ReportState::NeedsInformation {
        deadlines::run_again(&order.profile, &mut report.row, order.now);
    }
    report.finish(tx, order, Payload::words(&body.words), None)
}
