//! `erase`: what people said and showed in a report goes; the proof that it was there stays.

use clap::Args;

use super::place::{Locality, Place};
use super::{CliResult, say};
use crate::erase::erase_report;
use crate::open::open;

/// Erase the words, places, photos and names of a report for good. Its number, its steps and their
/// proof stay, and `verify` says that it was erased. Copies of the database are not reached.
#[derive(Debug, Args)]
pub(super) struct Erase {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    locality: Locality,
    /// The report's number, such as TN-004198.
    #[arg(long, value_name = "NUMBER")]
    report: String,
    /// Why; recorded. Repeat no word of the report here.
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Who decided it; recorded.
    #[arg(long, value_name = "NAME")]
    by: String,
}

impl Erase {
    pub(super) async fn run(self) -> CliResult {
        let opened = open(&self.place.config(&self.locality)).await?;
        let erased = erase_report(&opened.files, &self.report, &self.reason, &self.by).await?;
        say(&format!(
            "{} payloads, {} photos, {} recorded conflicts erased",
            erased.payloads, erased.photos, erased.conflicts
        ))?;
        Ok(())
    }
}
