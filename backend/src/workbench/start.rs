//! `report.start`: the unit starts handling.

use crate::db::Tx;
use crate::ledger::{Done, OpenReport, Order, Payload, Refusal};

/// Marks the report as being handled.
///
/// # Errors
/// A refusal; see [`OpenReport::open`].
pub fn apply(tx: &mut Tx<'_>, order: &Order) -> Result<Done, Refusal> {
    OpenReport::open(tx, order)?.finish(tx, order, Payload::default(), None)
}
