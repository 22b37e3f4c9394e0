//! Logs: one JSON object a line on standard error.

use tracing_subscriber::EnvFilter;

/// Starts logging what `filter` lets through, such as `info` or `warn,citizen_backend=debug`.
pub(super) fn start(filter: &str) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let filter = EnvFilter::try_new(filter)?;
    tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).try_init()
}
