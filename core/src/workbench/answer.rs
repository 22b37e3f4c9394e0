//! The unit proposes an answer; photos are its proof.

use citizen_contract::command::CommandBody;
use citizen_contract::ids::ReportId;

use super::missing::{Missing, words_on};

/// The kind of the command and of its draft.
pub const KIND: &str = "report.answer";

/// The command, or the fields that miss something. `photo_wanted`: the category asks for photos.
///
/// # Errors
/// The fields.
pub fn body(
    report_id: ReportId,
    words: &str,
    photos: usize,
    photo_wanted: bool,
) -> Result<CommandBody, Vec<Missing>> {
    let words = words_on(report_id, words);
    let photo = (photo_wanted && photos == 0).then_some(Missing::Photo);
    match (words, photo) {
        (Ok(words), None) => Ok(CommandBody::Answer(words)),
        (words, photo) => Err(words.err().unwrap_or_default().into_iter().chain(photo).collect()),
    }
}
