//! The intake office does not take a report in.

use citizen_contract::command::{CommandBody, Refuse};
use citizen_contract::ids::ReportId;

use super::missing::{Missing, words_on};
use crate::locality::Locality;

/// The command, or the fields that miss something.
///
/// # Errors
/// The fields.
pub fn body(
    report_id: ReportId,
    reason: &str,
    words: &str,
    locality: &Locality,
) -> Result<CommandBody, Vec<Missing>> {
    let known = locality.catalogue().refusal_reasons.iter().any(|it| it.code == reason);
    let reason_missing = (!known).then_some(Missing::Reason);
    match (words_on(report_id, words), reason_missing) {
        (Ok(words), None) => {
            Ok(CommandBody::Refuse(Refuse { report_id, reason: reason.to_owned(), words: words.words }))
        }
        (words, reason) => Err(reason.into_iter().chain(words.err().unwrap_or_default()).collect()),
    }
}
