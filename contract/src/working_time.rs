//! Working time.

use crate::time::UtcMillis;

/// A length of time that a rule grants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Duration {
    /// Minutes in which the offices are open.
    WorkingMinutes(u32),
    /// Minutes of the clock, day and night.
    ClockMinutes(u32),
}

/// When the offices of a locality are open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingCalendar {}

impl WorkingCalendar {
    /// The moment when `allowance` that started at `start` is used up.
    pub fn add(&self, start: UtcMillis, allowance: Duration) -> UtcMillis {
        let _ = allowance;
        start
    }
    /// Whole working minutes between two moments; negative when `until` is earlier.
    pub fn working_minutes_between(&self, from: UtcMillis, until: UtcMillis) -> i64 {
        let _ = (from, until);
        0
    }
}
