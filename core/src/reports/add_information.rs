//! Adding what the office asked for.

use citizen_contract::command::{CommandBody, OnReport};
use citizen_contract::ids::ReportId;

use super::codes::MissingField;

/// The kind of the command and of its draft.
pub const KIND: &str = "report.add_information";

/// The command, or the fields that miss something.
///
/// # Errors
/// The fields.
pub fn body(report_id: ReportId, words: &str) -> Result<CommandBody, Vec<MissingField>> {
    match words.trim() {
        "" => Err(vec![MissingField::Text]),
        words => Ok(CommandBody::AddInformation(OnReport { report_id, words: words.to_owned() })),
    }
}
