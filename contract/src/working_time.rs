//! Working time: when an allowance of office minutes is used up.
//!
//! A locality's calendar is data in its profile: hours by weekday, public
//! holidays, compensatory working days, own days off, a fixed offset from UTC
//! (Vietnam has no daylight saving). Everything here is a pure function of
//! that calendar and two moments. An opening is half open: 11:30 itself is no
//! longer working time. An allowance that ends with the day ends at closing
//! time, not at the next opening.

mod calendar;
mod date;

pub use calendar::{CalendarError, Opening, WorkingCalendar};
pub use date::{CivilDate, CivilDateError};

use serde::{Deserialize, Serialize};

/// A length of time that a rule grants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum Duration {
    /// Minutes in which the offices are open.
    WorkingMinutes(u32),
    /// Minutes of the clock, day and night.
    ClockMinutes(u32),
}

/// Which minutes count against an allowance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pace {
    /// Only those in which the offices are open.
    Working,
    /// All of them.
    Clock,
}

impl Duration {
    /// Which minutes count.
    pub const fn pace(self) -> Pace {
        match self {
            Self::WorkingMinutes(_) => Pace::Working,
            Self::ClockMinutes(_) => Pace::Clock,
        }
    }

    /// How many minutes are granted.
    pub const fn minutes(self) -> u32 {
        match self {
            Self::WorkingMinutes(minutes) | Self::ClockMinutes(minutes) => minutes,
        }
    }
}

#[cfg(test)]
mod tests;
