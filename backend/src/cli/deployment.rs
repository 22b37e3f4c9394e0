//! `deployment`: the file that tells an app which backend it belongs to.

use std::path::PathBuf;

use citizen_contract::deployment::Deployment as Contents;
use clap::Args;

use super::place::{Locality, Place};
use super::{CliResult, say};
use crate::clock::{Clock as _, SystemClock, SystemRandom};
use crate::keys;
use crate::open::read_profile;

/// Write the deployment file for apps: where this backend answers and which root key to trust.
#[derive(Debug, Args)]
pub(super) struct Deployment {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    locality: Locality,
    /// Where apps reach the backend, such as `https://app.example.vn`.
    #[arg(long, value_name = "URL")]
    base_url: String,
    /// Say in every window that this is for trying out.
    #[arg(long)]
    demo: bool,
    /// The file to write; standard output if absent.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Deployment {
    pub(super) fn run(self) -> CliResult {
        let profile = read_profile(&self.locality.choice())?;
        let keys = keys::read(&self.place.keys(), SystemClock.now(), &SystemRandom)?;
        let contents = Contents {
            base_url: self.base_url.trim_end_matches('/').to_owned(),
            root_public_key: keys.signer.root_public_key().to_owned(),
            profile: profile.locality.id,
            demo: self.demo,
        };
        let text = serde_json::to_string_pretty(&contents)?;
        match self.out {
            Some(file) => std::fs::write(file, text + "\n")?,
            None => say(&text)?,
        }
        Ok(())
    }
}
