//! The real backend's program with its kill points compiled in.

use std::process::ExitCode;

fn main() -> ExitCode {
    citizen_backend::cli::run()
}
