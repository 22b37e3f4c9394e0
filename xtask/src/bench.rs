//! `cargo xtask bench`: figures as ratios within one run.

use clap::Args;

use crate::{Done, run};

/// What to measure.
#[derive(Debug, Args)]
pub struct Options {
    /// Fewer rows and rounds: whether it runs, not how fast.
    #[arg(long)]
    quick: bool,
}

/// Runs the benchmarks one after another, so that they do not disturb each other.
pub fn run(options: &Options) -> Done {
    let mut cargo = run::cargo();
    cargo.args(["bench", "-p", "citizen-tests", "--bench", "ratios", "--"]);
    if options.quick {
        cargo.arg("--quick");
    }
    run::finish(&mut cargo)
}
