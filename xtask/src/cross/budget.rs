//! How long a whole run of CI has taken: it has forty minutes, on machines that are never equally fast.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// When the run began, in seconds since 1970; `.ci/run` says it. By hand there is no hurry.
const BEGAN: &str = "CITIZEN_CI_BEGAN";

/// Until then the standard libraries are begun, which take about three minutes.
pub const FOR_LIBRARIES: Duration = Duration::from_secs(25 * 60);
/// Until then one more system is begun, which takes about two.
pub const FOR_A_SYSTEM: Duration = Duration::from_secs(30 * 60);

/// Whether the run has taken longer.
#[expect(clippy::disallowed_methods, reason = "a tool of developers goes by the clock on their wall")]
pub fn is_spent(allowed: Duration) -> bool {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    spent(std::env::var(BEGAN).ok().as_deref(), now, allowed)
}

fn spent(began: Option<&str>, now: Duration, allowed: Duration) -> bool {
    let began = began.and_then(|seconds| seconds.trim().parse().ok()).map(Duration::from_secs);
    began.is_some_and(|began| now.saturating_sub(began) > allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_run_that_says_when_it_began_can_be_late() {
        let now = Duration::from_secs(10_000);
        assert!(spent(Some("7000\n"), now, Duration::from_secs(2_999)));
        assert!(!spent(Some("7000"), now, Duration::from_secs(3_000)));
        for unsaid in [None, Some(""), Some("soon")] {
            assert!(!spent(unsaid, now, Duration::ZERO), "{unsaid:?}");
        }
    }
}
