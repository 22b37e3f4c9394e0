//! Which verb carries out which kind of command.

use citizen_contract::command::CommandBody as B;

use crate::db::Tx;
use crate::identity::my_data;
use crate::ledger::{Beginning, Done, Order, Refusal};
use crate::{reports, workbench};

/// What of a command can be worked out before its transaction, beside the thread that writes.
pub(super) fn plan(order: &Order) -> Option<Result<Beginning, Refusal>> {
    match &order.envelope.body {
        B::Submit(body) => Some(reports::submit::plan(order, body)),
        _ => None,
    }
}

pub(super) fn dispatch(tx: &mut Tx<'_>, order: &Order) -> Result<Done, Refusal> {
    match &order.envelope.body {
        B::Submit(body) => reports::submit::apply(tx, order, body),
        B::AddInformation(body) => reports::add_information::apply(tx, order, body),
        B::Rate(body) => reports::rate::apply(tx, order, body),
        B::Ask(body) => workbench::ask::apply(tx, order, body),
        B::Assign(body) => workbench::assign::apply(tx, order, body),
        B::Start(_) => workbench::start::apply(tx, order),
        B::PassBack(body) => workbench::pass_back::apply(tx, order, body),
        B::Note(body) => workbench::note::apply(tx, order, body),
        B::Answer(body) => workbench::answer::apply(tx, order, body),
        B::Approve(_) => workbench::approve::apply(tx, order),
        B::ReturnAnswer(body) => workbench::return_answer::apply(tx, order, body),
        B::Refuse(body) => workbench::refuse::apply(tx, order, body),
        B::SetConsent(body) => my_data::consent::apply(tx, order, body),
    }
}
