//! The proof that nothing was changed behind the backend's back.
//!
//! Each report's events form a hash chain; a signed checkpoint now and then covers the heads of all
//! chains that moved, the count of reports, and the checkpoint before. So a changed, deleted or
//! reordered event is found by its chain, a deleted last event or report by a checkpoint. An erased
//! payload verifies as erased. Publishing a checkpoint elsewhere also protects the checkpoints.

mod chains;
mod checkpoint;
mod finding;

use citizen_contract::keys::KeyList;

use crate::audit;
use crate::db::{Db, DbError, Migration, WriteError};

pub use checkpoint::{Checkpoint, checkpoint};
pub use finding::{Finding, VerifyReport};

/// The tables of this room.
pub const MIGRATIONS: &[Migration] =
    &[Migration { id: "2024-04-01-checkpoints", sql: include_str!("2024-04-01-checkpoints.sql") }];

/// How many reports are read in one transaction.
const PAGE: i64 = 200;

/// Checks everything, page by page, while the backend may go on working.
///
/// # Errors
/// The database's; a finding is no error.
pub async fn run(db: &Db, keys: &KeyList) -> Result<VerifyReport, DbError> {
    let mut report = VerifyReport::default();
    let signed_by = keys.clone();
    let findings = db.read(move |tx| checkpoint::verify(tx, &signed_by)).await.map_err(flat)?;
    report.findings.extend(findings);
    let mut after = String::new();
    loop {
        let from = after.clone();
        let page = db.read(move |tx| chains::page(tx, &from, PAGE)).await.map_err(flat)?;
        report.absorb(page.report);
        match page.last {
            Some(last) => after = last,
            None => break,
        }
    }
    report.findings.extend(db.read(chains::vanished).await.map_err(flat)?);
    let keys = keys.clone();
    let (audited, findings) = db.read(move |tx| audit::verify(tx, &keys)).await.map_err(flat)?;
    report.audited = audited;
    report.findings.extend(findings);
    Ok(report)
}

fn flat(error: WriteError<DbError>) -> DbError {
    error.flatten()
}

#[cfg(test)]
mod tests;
