//! `cargo xtask package`: what is installed on this system, built as it is released, weighed, and tried.
//!
//! Linux packages are built here. Installers of the other systems are built by the same Tauri command on
//! theirs, as `docs/RELEASE.md` says.

mod blank;
mod bundle;
mod overlay;
mod root;
mod size;
mod trial;

use std::path::PathBuf;

use clap::Args;

use crate::run::{Steps, quiet};
use crate::{Done, setup};

/// What to build and how far to try it.
#[derive(Debug, Args)]
pub struct Options {
    /// The folder in `profiles/` whose name and publisher the package carries.
    #[arg(long, default_value = "thuy-nguyen")]
    locality: String,
    /// The deployment file that the package carries: its backend and the root key. Without one the
    /// package is for trying out on this machine only.
    #[arg(long, value_name = "FILE")]
    deployment: Option<PathBuf>,
    /// Kinds of packages, as Tauri names them, such as `deb,appimage`.
    #[arg(long, default_value = "deb", value_delimiter = ',')]
    bundles: Vec<String>,
    /// Installs, starts and removes the Debian package in a root of its own. Needs to be root.
    #[arg(long)]
    try_out: bool,
    /// Builds an empty app the same way and prints both sizes.
    #[arg(long)]
    compare: bool,
}

/// Builds the packages, then weighs and tries them.
pub fn run(options: &Options) -> Done {
    let mut steps = Steps::default();
    steps.step("machine", || quiet(setup::to_build()));
    let mut built = None;
    if steps.all_well() {
        steps.step("packages", || {
            let bundle = bundle::build(&options.locality, options.deployment.as_deref(), &options.bundles)?;
            let words = bundle.words();
            built = Some(bundle);
            Ok(words)
        });
    }
    if let Some(bundle) = &built {
        steps.step("size", || size::check(bundle));
        if options.compare {
            steps.step("beside an empty app", || blank::compare(bundle));
        }
        if options.try_out {
            steps.step("in a bare root", || trial::run(bundle));
        }
    }
    steps.finish()
}
