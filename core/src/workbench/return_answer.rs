//! The approver gives an answer back to the handler.

use citizen_contract::command::CommandBody;
use citizen_contract::ids::ReportId;

use super::missing::{Missing, words_on};

/// The command, or the fields that miss something.
///
/// # Errors
/// The fields.
pub fn body(report_id: ReportId, words: &str) -> Result<CommandBody, Vec<Missing>> {
    Ok(CommandBody::ReturnAnswer(words_on(report_id, words)?))
}
