//! The demo's clock: it stands in April 2024, while the district still exists, and goes on between runs.

use std::fs;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use citizen_contract::working_time::CivilDate;

/// Monday 8 April 2024, 07:00 in Vietnam, in minutes since 1970.
const FIRST_MORNING: i64 = 28_542_240;
/// Minutes by which Vietnam is ahead of UTC.
const OFFSET: i64 = 7 * 60;
const DAY: i64 = 24 * 60;

/// A clock that started at a whole minute.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    start: i64,
    made: Instant,
}

impl Clock {
    /// The clock of this run.
    ///
    /// Time between runs passes as usual: a clock that jumped back would show
    /// reports from the future.
    #[expect(clippy::disallowed_methods, reason = "the demo's clock is set by the machine's")]
    pub fn start() -> Result<Self, String> {
        let file = super::folder().join("first-run");
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let first = match fs::read_to_string(&file).ok().and_then(|text| text.trim().parse::<u64>().ok()) {
            Some(first) => first,
            None => {
                fs::write(&file, now.to_string())
                    .map_err(|error| format!("{} cannot be written: {error}.", file.display()))?;
                now
            }
        };
        let passed = i64::try_from(now.saturating_sub(first) / 60).unwrap_or(0);
        Ok(Self { start: FIRST_MORNING + passed, made: Instant::now() })
    }

    /// When it started, such as `2024-04-08T07:00+07:00`.
    pub fn start_text(&self) -> String {
        let local = self.start + OFFSET;
        let (day, minutes) = (CivilDate::from_days(local.div_euclid(DAY)), local.rem_euclid(DAY));
        format!("{day}T{:02}:{:02}+07:00", minutes / 60, minutes % 60)
    }

    /// What it shows now, in milliseconds since 1970.
    pub fn millis(&self) -> i64 {
        let passed = i64::try_from(self.made.elapsed().as_millis()).unwrap_or(0);
        self.start * 60_000 + passed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_morning_is_a_monday_at_seven() {
        let clock = Clock { start: FIRST_MORNING, made: Instant::now() };
        assert_eq!(clock.start_text(), "2024-04-08T07:00+07:00");
        let night = Clock { start: FIRST_MORNING + 17 * 60 + 5, made: Instant::now() };
        assert_eq!(night.start_text(), "2024-04-09T00:05+07:00");
        assert!(clock.millis() >= 1_712_534_400_000);
    }
}
