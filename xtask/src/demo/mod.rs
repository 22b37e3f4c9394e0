//! `cargo xtask demo`: a backend with sample people and two windows, or the tour where there is no display.
//!
//! State stays in `target/demo` between runs, so that a second run starts in
//! seconds; `--fresh` begins anew. Every process that is started here is ended
//! here, by its id.

mod backend;
mod clock;
mod people;
pub mod process;
mod tour;
mod windows;

use std::fs;
use std::path::PathBuf;

use clap::Args;

use crate::{Done, desktop, run, screens, setup};

/// The locality that the demo shows.
const PROFILE: &str = "thuy-nguyen";

/// How to show the app.
#[derive(Debug, Args)]
pub struct Options {
    /// Walk through the story in windows nobody sees, with a picture of each step.
    #[arg(long)]
    tour: bool,
    /// Forget what earlier runs left.
    #[arg(long)]
    fresh: bool,
}

/// Where the demo keeps everything.
fn folder() -> PathBuf {
    run::target_dir().join("demo")
}

/// Builds, starts, waits until both windows are closed, ends the rest.
pub fn run(options: &Options) -> Done {
    setup::machine()?;
    screens::build()?;
    let tour = options.tour || !desktop::has_display();
    if tour {
        if !options.tour {
            println!("There is no display: this is the tour. Its pictures are in {}.", folder().display());
        }
        return tour::run();
    }
    if options.fresh && folder().exists() {
        fs::remove_dir_all(folder())
            .map_err(|error| format!("{} cannot be removed: {error}.", folder().display()))?;
    }
    fs::create_dir_all(folder())
        .map_err(|error| format!("{} cannot be made: {error}.", folder().display()))?;
    run::finish(run::cargo().args(["build", "-p", "citizen-backend", "-p", "thuy-nguyen-smart"]))?;
    let clock = clock::Clock::start()?;
    let backend = backend::start(&clock)?;
    people::print()?;
    let windows = windows::open(&backend, &clock)?;
    println!("\nThe demo ends when both windows are closed.");
    let done = windows.wait();
    backend.end();
    done
}
