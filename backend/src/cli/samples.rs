//! `samples`: the sample people.

use clap::Args;

use super::place::{Locality, Place};
use super::{CliResult, say};
use crate::open::open;
use crate::samples;

/// Add the sample people of the profile. Their passwords are public: never in a real deployment.
#[derive(Debug, Args)]
pub(super) struct Samples {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    locality: Locality,
    /// Say that this deployment is for trying out.
    #[arg(long)]
    demo: bool,
}

impl Samples {
    pub(super) async fn run(self) -> CliResult {
        if !self.demo {
            return Err("sample people have public passwords: say --demo if this is for trying out".into());
        }
        let opened = open(&self.place.config(&self.locality)).await?;
        let added = samples::add(&opened.identity).await?;
        say(&format!("{added} sample people added"))?;
        Ok(())
    }
}
