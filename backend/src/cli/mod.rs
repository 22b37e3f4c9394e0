//! The command line. A subcommand is one file.

mod backup;
mod codes;
mod deployment;
mod erase;
mod keys;
mod log;
mod place;
mod profile;
mod roles;
mod samples;
mod serve;
mod user;
mod verify;

use std::io::Write as _;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What a subcommand can fail with; `main` prints it.
type CliResult = Result<(), Box<dyn std::error::Error + Send + Sync>>;

/// The backend of a citizen app: commands in, documents out.
///
/// Secrets never stand on the command line: passwords and numbers come from standard input, a
/// database's address with a password from CITIZEN_DB.
#[derive(Debug, Parser)]
#[command(name = "citizen-backend", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Serve(serve::Serve),
    Migrate(place::Migrate),
    ImportProfile(profile::ImportProfile),
    User(user::User),
    Keys(keys::Keys),
    Deployment(deployment::Deployment),
    Roles(roles::Roles),
    Samples(samples::Samples),
    Backup(backup::Backup),
    Restored(backup::Restored),
    Verify(verify::Verify),
    Erase(erase::Erase),
}

/// Reads the command line and does what it says.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error),
    };
    match runtime.block_on(act(arguments.verb)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(error.as_ref()),
    }
}

async fn act(verb: Verb) -> CliResult {
    match verb {
        Verb::Serve(serve) => serve.run().await,
        Verb::Migrate(migrate) => migrate.run().await,
        Verb::ImportProfile(import) => import.run().await,
        Verb::User(user) => user.run().await,
        Verb::Keys(keys) => keys.run(),
        Verb::Deployment(deployment) => deployment.run(),
        Verb::Roles(roles) => roles.run(),
        Verb::Samples(samples) => samples.run().await,
        Verb::Backup(backup) => backup.run().await,
        Verb::Restored(restored) => restored.run().await,
        Verb::Verify(verify) => verify.run().await,
        Verb::Erase(erase) => erase.run().await,
    }
}

fn failed(error: &dyn std::error::Error) -> ExitCode {
    // Where standard error is closed, the exit code still tells.
    let _ = writeln!(std::io::stderr(), "citizen-backend: {error}");
    ExitCode::FAILURE
}

/// Prints a line on standard output.
fn say(line: &str) -> std::io::Result<()> {
    writeln!(std::io::stdout(), "{line}")
}
