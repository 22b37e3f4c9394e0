//! The demo's clock: it stands in April 2024, while the district still exists, and goes on between runs.

use std::fs;
use std::time::{SystemTime, UNIX_EPOCH};

/// Monday 8 April 2024, 07:00 in Vietnam, in milliseconds since 1970.
const FIRST_MORNING: u64 = 1_712_534_400_000;

/// What the clock shows now, in milliseconds since 1970.
///
/// Time between runs passes as usual: a clock that jumped back would show
/// reports from the future.
#[expect(clippy::disallowed_methods, reason = "the demo's clock is set by the machine's")]
pub fn start() -> Result<u64, String> {
    let file = super::folder().join("first-run");
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
    let now = u64::try_from(now).unwrap_or(u64::MAX);
    let first = match fs::read_to_string(&file).ok().and_then(|text| text.trim().parse::<u64>().ok()) {
        Some(first) => first,
        None => {
            fs::write(&file, now.to_string())
                .map_err(|error| format!("{} cannot be written: {error}.", file.display()))?;
            now
        }
    };
    Ok(FIRST_MORNING + now.saturating_sub(first))
}
