//! `keys`: making a deployment's keys.

use clap::{Args, Subcommand};

use super::place::Place;
use super::{CliResult, say};
use crate::clock::{Clock as _, SystemClock, SystemRandom};
use crate::keys;
use crate::receipts::Signer;

/// Manage the keys of this deployment.
#[derive(Debug, Args)]
pub(super) struct Keys {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    verb: KeysVerb,
}

#[derive(Debug, Subcommand)]
enum KeysVerb {
    /// Make the keys that are missing and print the root's public key. Keep a copy of the folder safe.
    Init,
    /// Retire the signing key and make another one. Needs the root key in the folder.
    Change,
}

impl Keys {
    pub(super) fn run(self) -> CliResult {
        let (folder, now) = (self.place.keys(), SystemClock.now());
        match self.verb {
            KeysVerb::Init => keys::init(&folder, now, &SystemRandom)?,
            KeysVerb::Change => Signer::change_key(&folder, now, &SystemRandom).map(|_| ())?,
        }
        say(keys::read(&folder, now, &SystemRandom)?.signer.root_public_key())?;
        Ok(())
    }
}
