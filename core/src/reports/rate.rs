//! Rating an answer; `unresolved` reopens the report and needs a reason.

use citizen_contract::command::{CommandBody, Rate, Rating};
use citizen_contract::ids::ReportId;

use super::codes::MissingField;

/// The command, or the fields that miss something.
///
/// # Errors
/// The fields.
pub fn body(report_id: ReportId, rating: Rating, words: &str) -> Result<CommandBody, Vec<MissingField>> {
    let words = words.trim();
    if rating == Rating::Unresolved && words.is_empty() {
        return Err(vec![MissingField::Text]);
    }
    Ok(CommandBody::Rate(Rate { report_id, rating, words: words.to_owned() }))
}
