//! What an act misses.

use citizen_contract::command::{MAX_WORDS, OnReport};
use citizen_contract::ids::ReportId;

/// A field that misses something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// The unit.
    Unit,
    /// The words.
    Text,
    /// The reason.
    Reason,
    /// A photo.
    Photo,
}

/// Words on a report, if there are any and not too many.
pub(super) fn words_on(report_id: ReportId, words: &str) -> Result<OnReport, Vec<Missing>> {
    let words = words.trim();
    if words.is_empty() || words.chars().count() > MAX_WORDS {
        return Err(vec![Missing::Text]);
    }
    Ok(OnReport { report_id, words: words.to_owned() })
}
