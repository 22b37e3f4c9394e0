//! Where erasing is joined: a report's words, the bytes of its photos, and what outcomes say of it.

mod account;
mod keys;
mod outcomes;
pub mod register;
mod tables;
#[cfg(test)]
mod tests;

use citizen_contract::ids::ReportId;

pub use account::{AccountSummary, begin, erase_account, go_on};
pub use keys::Keys;
pub use tables::tables;

use crate::clock::random_bytes;
use crate::db::{DbError, Tx, WriteError};
use crate::files::{self, Files, FilesError};
use crate::ledger::word;
use crate::params;
use crate::reports::erase::{Erased, Grounds, erase};
use crate::search;

/// The longest reason or name in characters.
const LONGEST: usize = 500;

/// Nothing was erased, or its bytes are still to go.
#[derive(Debug, thiserror::Error)]
pub enum EraseError {
    /// A reason and a name are part of the record.
    #[error("say why and who decided it, in 1 to {LONGEST} characters each")]
    NoGrounds,
    /// There is no report of this number.
    #[error("there is no report of that number")]
    NoReport,
    /// The database; nothing was erased.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The words are erased; the photos' bytes are removed by the next chores.
    #[error("the words are erased, but not yet all bytes of photos: {0}")]
    Bytes(#[from] FilesError),
}

/// What one erasure did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// Payloads of events.
    pub payloads: u64,
    /// Photos.
    pub photos: usize,
    /// Recorded conflicts that named officials.
    pub conflicts: u64,
}

/// Erases what people said and showed in the report of this number, and records why and by whom.
///
/// # Errors
/// [`EraseError`]
pub async fn erase_report(
    files: &Files,
    number: &str,
    reason: &str,
    by: &str,
) -> Result<Summary, EraseError> {
    let (reason, by) = (reason.trim().to_owned(), by.trim().to_owned());
    let lengths = [&reason, &by].map(|text| text.chars().count());
    if lengths.iter().any(|length| !(1..=LONGEST).contains(length)) {
        return Err(EraseError::NoGrounds);
    }
    let backend = &files.backend;
    let grounds = Grounds { reason, by, now: backend.clock.now(), salt: random_bytes(&*backend.random) };
    let number = number.trim().to_owned();
    let (erased, conflicts) =
        backend.db.write(move |tx| everywhere(tx, &number, &grounds)).await.map_err(WriteError::flatten)?;
    let summary = Summary { payloads: erased.payloads, photos: erased.attachments.len(), conflicts };
    backend.nudges.tell(erased.nudges);
    files::wipe(files).await?;
    Ok(summary)
}

fn everywhere(tx: &mut Tx<'_>, number: &str, grounds: &Grounds) -> Result<(Erased, u64), EraseError> {
    let report: Option<ReportId> =
        tx.query_opt("SELECT id FROM reports WHERE number = ?1", params![number], |row| {
            word::id(&row.text(0)?, 0)
        })?;
    let report = report.ok_or(EraseError::NoReport)?;
    let erased = erase(tx, report, grounds)?;
    search::forget(tx, report)?;
    files::erase(tx, &erased.attachments, grounds.now)?;
    let conflicts = outcomes::forget_names(tx, report)?;
    Ok((erased, conflicts))
}
