//! `import-profile`: check a profile and publish its catalogue.

use clap::Args;

use super::place::{Locality, Place};
use super::{CliResult, say};
use crate::open::{open, read_profile};

/// Check a profile, name every mistake with file and line, and publish the catalogue to devices.
///
/// Serving with the same --profile does the same at its start; this is for checking one before.
#[derive(Debug, Args)]
pub(super) struct ImportProfile {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    locality: Locality,
    /// Only check; open no database.
    #[arg(long)]
    check: bool,
}

impl ImportProfile {
    pub(super) async fn run(self) -> CliResult {
        let profile = read_profile(&self.locality.choice())?;
        let (units, categories) = (profile.units.len(), profile.categories.len());
        if !self.check {
            open(&self.place.config(&self.locality)).await?;
        }
        say(&format!("profile {}: {units} units, {categories} categories", profile.locality.id))?;
        Ok(())
    }
}
