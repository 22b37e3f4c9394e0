//! The calendar of offices and the arithmetic on it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::date::CivilDate;
use super::{Duration, Pace};
use crate::time::UtcMillis;

const MINUTE: i64 = 60_000;
const DAY: i64 = 1_440 * MINUTE;

/// A stretch of a day in which offices are open, in local minutes since
/// midnight; the end is outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Opening {
    /// The first open minute, 0 to 1439.
    pub from: u16,
    /// The first closed minute after it, up to 1440.
    pub until: u16,
}

/// When the offices of a locality are open. Days not named follow the week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkingCalendar {
    utc_offset_minutes: i32,
    week: [Vec<Opening>; 7],
    days_off: BTreeSet<CivilDate>,
    moved_days: BTreeMap<CivilDate, usize>,
}

/// Why hours make no calendar.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// No weekday has an opening, so no allowance would ever end.
    #[error("no weekday has an opening")]
    NeverOpen,
    /// An opening is empty, past midnight, or before the end of the previous one.
    #[error("weekday {weekday}: openings must be in order, apart and within the day")]
    BadOpening {
        /// 0 is Monday.
        weekday: usize,
    },
    /// A zone further from UTC than any on Earth.
    #[error("the offset from UTC is more than 14 hours")]
    BadOffset,
}

impl WorkingCalendar {
    /// A calendar with these openings by weekday (0 is Monday), in a zone that
    /// many minutes east of UTC, without any special day yet.
    ///
    /// # Errors
    /// When the openings overlap, are out of order or absent.
    pub fn new(utc_offset_minutes: i32, week: [Vec<Opening>; 7]) -> Result<Self, CalendarError> {
        if utc_offset_minutes.abs() > 14 * 60 {
            return Err(CalendarError::BadOffset);
        }
        for (weekday, openings) in week.iter().enumerate() {
            let mut closed_since = 0;
            for opening in openings {
                if opening.from < closed_since || opening.until <= opening.from || opening.until > 1_440 {
                    return Err(CalendarError::BadOpening { weekday });
                }
                closed_since = opening.until;
            }
        }
        if week.iter().all(Vec::is_empty) {
            return Err(CalendarError::NeverOpen);
        }
        Ok(Self { utc_offset_minutes, week, days_off: BTreeSet::new(), moved_days: BTreeMap::new() })
    }

    /// Closes a day: a public holiday, its substitute, or the locality's own.
    pub fn close(&mut self, day: CivilDate) {
        self.moved_days.remove(&day);
        self.days_off.insert(day);
    }

    /// Opens a day with the hours of another weekday (0 is Monday): the
    /// Saturday that makes up for a Monday off.
    pub fn open_like(&mut self, day: CivilDate, weekday: usize) {
        self.days_off.remove(&day);
        self.moved_days.insert(day, weekday.min(6));
    }

    /// The openings of a day, in order.
    pub fn openings(&self, day: CivilDate) -> &[Opening] {
        if self.days_off.contains(&day) {
            return &[];
        }
        let weekday = self.moved_days.get(&day).copied().unwrap_or_else(|| day.weekday());
        self.week.get(weekday).map(Vec::as_slice).unwrap_or_default()
    }

    /// The local day in which a moment lies.
    pub fn day_of(&self, moment: UtcMillis) -> CivilDate {
        CivilDate::from_days(self.to_local(moment).div_euclid(DAY))
    }

    /// Minutes east of UTC.
    pub fn utc_offset_minutes(&self) -> i32 {
        self.utc_offset_minutes
    }

    /// The earliest moment at which `allowance`, counted from `start`, is used up.
    pub fn add(&self, start: UtcMillis, allowance: Duration) -> UtcMillis {
        self.advance(start, allowance.pace(), i64::from(allowance.minutes()) * MINUTE)
    }

    /// Whole working minutes between two moments, rounded towards zero;
    /// negative when `until` is earlier than `from`.
    pub fn working_minutes_between(&self, from: UtcMillis, until: UtcMillis) -> i64 {
        self.spent(Pace::Working, from, until) / MINUTE
    }

    /// Milliseconds that count between two moments; negative when `until` is earlier.
    pub fn spent(&self, pace: Pace, from: UtcMillis, until: UtcMillis) -> i64 {
        if until < from {
            return -self.spent(pace, until, from);
        }
        match pace {
            Pace::Clock => until.0 - from.0,
            Pace::Working => self.worked(self.to_local(from), self.to_local(until)),
        }
    }

    /// Where a deadline moves when its clock stood still from `paused_at` to
    /// `resumed_at`: what was left at the pause is left at the resumption.
    ///
    /// A deadline already passed at the pause stays where it is, and so does
    /// one whose pause ends before it begins.
    pub fn resume(
        &self,
        deadline: UtcMillis,
        pace: Pace,
        paused_at: UtcMillis,
        resumed_at: UtcMillis,
    ) -> UtcMillis {
        if deadline <= paused_at || resumed_at <= paused_at {
            return deadline;
        }
        let left = self.spent(pace, paused_at, deadline);
        self.advance(resumed_at, pace, left).max(deadline)
    }

    /// Per cent of the time between `start` and `deadline` that is left at
    /// `now`, 0 to 100; 0 from the deadline on.
    pub fn percent_left(&self, pace: Pace, start: UtcMillis, deadline: UtcMillis, now: UtcMillis) -> u8 {
        let whole = self.spent(pace, start, deadline);
        let left = self.spent(pace, now, deadline);
        if whole <= 0 || left <= 0 {
            return 0;
        }
        let percent = i128::from(left.min(whole)) * 100 / i128::from(whole);
        u8::try_from(percent).unwrap_or(100)
    }

    fn advance(&self, start: UtcMillis, pace: Pace, millis: i64) -> UtcMillis {
        if millis == 0 || pace == Pace::Clock {
            return UtcMillis(start.0.saturating_add(millis));
        }
        let local_start = self.to_local(start);
        let mut left = millis;
        let mut day = local_start.div_euclid(DAY);
        // Ends because some weekday is open and special days are finite.
        loop {
            for (from, until) in self.openings_at(day) {
                let open = (until - from.max(local_start)).max(0);
                if left <= open {
                    return self.to_utc(from.max(local_start) + left);
                }
                left -= open;
            }
            day += 1;
        }
    }

    fn worked(&self, local_from: i64, local_until: i64) -> i64 {
        (local_from.div_euclid(DAY)..=local_until.div_euclid(DAY))
            .flat_map(|day| self.openings_at(day))
            .map(|(from, until)| (until.min(local_until) - from.max(local_from)).max(0))
            .sum()
    }

    /// The openings of the day that many days after the epoch, in local milliseconds.
    fn openings_at(&self, day: i64) -> impl Iterator<Item = (i64, i64)> {
        self.openings(CivilDate::from_days(day)).iter().map(move |opening| {
            let at = |minutes: u16| day * DAY + i64::from(minutes) * MINUTE;
            (at(opening.from), at(opening.until))
        })
    }

    fn to_local(&self, moment: UtcMillis) -> i64 {
        moment.0.saturating_add(i64::from(self.utc_offset_minutes) * MINUTE)
    }

    fn to_utc(&self, local: i64) -> UtcMillis {
        UtcMillis(local.saturating_sub(i64::from(self.utc_offset_minutes) * MINUTE))
    }
}
