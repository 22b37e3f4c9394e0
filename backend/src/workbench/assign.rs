//! `report.assign`: the intake office takes a report in and passes it to a unit.

use citizen_contract::command::Assign;
use citizen_contract::problem::{Problem, ProblemCode};

use crate::db::Tx;
use crate::ledger::{Done, OpenReport, Order, Payload, Refusal, deadlines, words};

/// Passes the report on; the time to answer counts from now.
///
/// # Errors
/// A refusal; see [`OpenReport::open`].
pub fn apply(tx: &mut Tx<'_>, order: &Order, body: &Assign) -> Result<Done, Refusal> {
    let mut report = OpenReport::open(tx, order)?;
    let today = order.profile.calendar.day_of(order.now);
    if !order.profile.in_force(&body.unit_id, today) {
        return Err(Problem::new(ProblemCode::UnknownUnit).at("/body/unit_id").into());
    }
    if let Some(category) = &body.category {
        let known = order.profile.category(category).is_some();
        if !known {
            return Err(Problem::new(ProblemCode::UnknownCategory).at("/body/category").into());
        }
        report.row.category.clone_from(category);
    }
    if !body.note.is_empty() {
        words(&body.note, "/body/note")?;
    }
    deadlines::run_again(&order.profile, &mut report.row, order.now);
    report.row.urgency = body.urgency;
    report.row.handling_unit = Some(body.unit_id.clone());
    report.row.answer_by = Some(deadlines::answer_by(&order.profile, body.urgency, order.now));
    report.row.answered_by = None;
    let payload = Payload {
        words: Some(body.note.clone()).filter(|note| !note.is_empty()),
        category: body.category.clone(),
        urgency: Some(body.urgency),
        ..Payload::default()
    };
    report.finish(tx, order, payload, Some(body.unit_id.clone()))
}
