//! `verify`: the proof that nothing was changed behind the backend's back.

use clap::Args;

use super::place::Place;
use super::{CliResult, say};
use crate::clock::{Clock as _, SystemClock, SystemRandom};
use crate::open::open_db;
use crate::{keys, verify};

/// Check every event chain and checkpoint, and name what was changed, moved or deleted.
#[derive(Debug, Args)]
pub(super) struct Verify {
    #[command(flatten)]
    place: Place,
}

impl Verify {
    pub(super) async fn run(self) -> CliResult {
        let db = open_db(&self.place.db()).await?;
        let keys = keys::read(&self.place.keys(), SystemClock.now(), &SystemRandom)?;
        let report = verify::run(&db, &keys.signer.key_list()?).await?;
        for finding in &report.findings {
            say(&finding.to_string())?;
        }
        say(&format!(
            "{} reports, {} events, {} payloads erased, {} audit entries, {} findings",
            report.reports,
            report.events,
            report.erased,
            report.audited,
            report.findings.len()
        ))?;
        if report.is_sound() { Ok(()) } else { Err("the records are not as they were written".into()) }
    }
}
