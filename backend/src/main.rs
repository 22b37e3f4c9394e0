//! The backend's binary.

use std::process::ExitCode;

fn main() -> ExitCode {
    citizen_backend::cli::run()
}
