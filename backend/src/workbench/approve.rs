//! `report.approve`: the approver publishes the proposed answer.

use crate::db::Tx;
use crate::ledger::{Done, OpenReport, Order, Payload, Refusal};

/// Publishes the answer; the sender may rate it now.
///
/// # Errors
/// A refusal; see [`OpenReport::open`]. Who proposed the answer is no approver of it.
pub fn apply(tx: &mut Tx<'_>, order: &Order) -> Result<Done, Refusal> {
    OpenReport::open(tx, order)?.finish(tx, order, Payload::default(), None)
}
