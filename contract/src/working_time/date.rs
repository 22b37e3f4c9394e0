//! A day of the civil calendar, without time or zone.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A day of the proleptic Gregorian calendar, written `2024-04-30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CivilDate {
    /// Days since 1970-01-01.
    days: i64,
}

/// A text that is no day: wrong shape, or a day that the month lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a date is written YYYY-MM-DD and must exist")]
pub struct CivilDateError;

impl CivilDate {
    /// The day that many days after 1970-01-01 (before, when negative).
    pub const fn from_days(days: i64) -> Self {
        Self { days }
    }

    /// Days since 1970-01-01.
    pub const fn days(self) -> i64 {
        self.days
    }

    /// The day of that year, month (1–12) and day of the month (1–31).
    ///
    /// # Errors
    /// When the month or the day does not exist.
    pub fn new(year: i32, month: u8, day: u8) -> Result<Self, CivilDateError> {
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return Err(CivilDateError);
        }
        let date = Self { days: days_from_civil(year, month, day) };
        if date.year_month_day() == (year, month, day) { Ok(date) } else { Err(CivilDateError) }
    }

    /// Days since Monday: 0 is Monday, 6 is Sunday.
    pub const fn weekday(self) -> usize {
        // 1970-01-01 was a Thursday.
        (self.days + 3).rem_euclid(7) as usize
    }

    /// Year, month (1–12) and day of the month (1–31).
    pub const fn year_month_day(self) -> (i32, u8, u8) {
        // Hinnant's algorithm: years begin in March, eras are 400 years long.
        let shifted = self.days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let march_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * march_month + 2) / 5 + 1;
        let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
        let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
        (year as i32, month as u8, day as u8)
    }
}

fn days_from_civil(year: i32, month: u8, day: u8) -> i64 {
    let (year, month, day) = (i64::from(year), i64::from(month), i64::from(day));
    let march_year = if month <= 2 { year - 1 } else { year };
    let march_month = (month + 9) % 12;
    let era = march_year.div_euclid(400);
    let year_of_era = march_year.rem_euclid(400);
    let day_of_year = (153 * march_month + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

impl FromStr for CivilDate {
    type Err = CivilDateError;

    fn from_str(text: &str) -> Result<Self, CivilDateError> {
        let shape = |c: char| c.is_ascii_digit() || c == '-';
        if text.len() != 10 || !text.chars().all(shape) {
            return Err(CivilDateError);
        }
        let mut parts = text.split('-');
        let (Some(year), Some(month), Some(day), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(CivilDateError);
        };
        if year.len() != 4 || month.len() != 2 {
            return Err(CivilDateError);
        }
        let year = year.parse().map_err(|_| CivilDateError)?;
        let month = month.parse().map_err(|_| CivilDateError)?;
        let day = day.parse().map_err(|_| CivilDateError)?;
        Self::new(year, month, day)
    }
}

impl fmt::Display for CivilDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.year_month_day();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl TryFrom<String> for CivilDate {
    type Error = CivilDateError;

    fn try_from(text: String) -> Result<Self, CivilDateError> {
        text.parse()
    }
}

impl From<CivilDate> for String {
    fn from(date: CivilDate) -> Self {
        date.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_days() {
        for (text, days, weekday) in [
            ("1970-01-01", 0, 3),
            ("1969-12-31", -1, 2),
            ("2000-02-29", 11_016, 1),
            ("2024-02-10", 19_763, 5),
            ("2026-11-22", 20_779, 6),
        ] {
            let date: CivilDate = text.parse().unwrap();
            assert_eq!((date.days(), date.weekday()), (days, weekday), "{text}");
            assert_eq!(date.to_string(), text);
        }
    }

    #[test]
    fn days_that_do_not_exist() {
        for text in [
            "2023-02-29",
            "2024-04-31",
            "2024-13-01",
            "2024-00-01",
            "24-01-01",
            "2024-1-011",
            "",
            "2024-01-0x",
            "-024-01-01",
        ] {
            assert_eq!(text.parse::<CivilDate>(), Err(CivilDateError), "{text}");
        }
    }

    #[test]
    fn every_day_of_a_long_time_round_trips() {
        for days in -200_000..200_000 {
            let (year, month, day) = CivilDate::from_days(days).year_month_day();
            assert_eq!(CivilDate::new(year, month, day), Ok(CivilDate::from_days(days)));
        }
    }
}
