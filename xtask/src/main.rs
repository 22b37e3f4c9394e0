//! The commands a newcomer needs: `cargo xtask demo`, `test`, `ci` and the verbs they are made of.
//!
//! One verb is one file. A verb returns `Done`; its error is one sentence for a
//! person at a terminal. To add a verb, add a file and a row below.
#![allow(clippy::print_stdout, reason = "this program talks to the person at the terminal")]

mod bench;
mod ci;
mod cross;
mod demo;
mod deny;
mod desktop;
mod ios;
mod package;
mod run;
mod screens;
mod setup;
mod slices;
mod stamp;
mod test;
mod types;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What a verb comes to: nothing, or a sentence that says what to do.
type Done = Result<(), String>;

/// Builds, runs and checks the project.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Installs what is missing on this machine and builds the screens.
    Setup,
    /// Starts a backend with sample people and two windows; without a display, the tour.
    Demo(demo::Options),
    /// Runs every test of every part.
    Test,
    /// Runs the tests and every check.
    Ci(ci::Options),
    /// Checks the app for Android, iOS and Windows, as far as one Linux machine can.
    Cross(cross::Options),
    /// Builds this system's packages as they are released, weighs them and tries them.
    Package(package::Options),
    /// Prints how fast the parts are, as ratios within one run.
    Bench(bench::Options),
    /// Makes the Xcode project of the iPhone app, on a Mac.
    Ios,
    /// Writes the TypeScript types of the wire and of the views anew.
    Types,
    /// Checks that no slice imports another.
    Slices,
}

fn main() -> ExitCode {
    let done = match Arguments::parse().verb {
        Verb::Setup => setup::run(),
        Verb::Demo(options) => demo::run(&options),
        Verb::Test => test::run(),
        Verb::Ci(options) => ci::run(&options),
        Verb::Cross(options) => cross::run(&options),
        Verb::Package(options) => package::run(&options),
        Verb::Bench(options) => bench::run(&options),
        Verb::Ios => ios::run(),
        Verb::Types => types::run(),
        Verb::Slices => slices::run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("\n✗ {sentence}");
            ExitCode::FAILURE
        }
    }
}
