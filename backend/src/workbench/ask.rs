//! `report.ask`: the intake office asks the sender; deadlines stand still until the answer.

use citizen_contract::command::OnReport;

use crate::db::Tx;
use crate::ledger::{Done, OpenReport, Order, Payload, Refusal, words};

/// Asks, and stops the clock.
///
/// # Errors
/// A refusal; see [`OpenReport::open`].
pub fn apply(tx: &mut Tx<'_>, order: &Order, body: &OnReport) -> Result<Done, Refusal> {
    let mut report = OpenReport::open(tx, order)?;
    words(&body.words, "/body/words")?;
    report.row.paused_since = Some(order.now);
    report.finish(tx, order, Payload::words(&body.words), None)
}
