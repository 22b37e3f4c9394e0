//! Logs on standard error: ids and codes, never a person's words.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;

/// What is logged unless `RUST_LOG` says otherwise. Libraries may put addresses and bodies into
/// their finer levels, so only their warnings are let through.
const USUAL: &str = "warn,citizen_core=info,thuy_nguyen_smart=info";

/// Begins to log; a second call changes nothing.
pub fn start() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(USUAL));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    // Somebody else may log already, as a test does.
    let _ = lines.try_init();
}
