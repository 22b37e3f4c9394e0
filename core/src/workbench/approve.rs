//! The approver publishes the proposed answer.

use citizen_contract::command::{Bare, CommandBody};
use citizen_contract::ids::ReportId;

/// The command; nothing can miss.
#[must_use]
pub fn body(report_id: ReportId) -> CommandBody {
    CommandBody::Approve(Bare { report_id })
}
