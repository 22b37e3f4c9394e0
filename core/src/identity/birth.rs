//! When somebody was born, as far as a device knows: only for refusing PINs that say it.

use citizen_contract::citizen_id::CitizenId;
use citizen_contract::working_time::CivilDate;
use serde::{Deserialize, Serialize};

/// A birth date, or no more than the year that the number carries.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Birth {
    /// The day.
    Day(CivilDate),
    /// The year.
    Year(i32),
}

impl Birth {
    /// The year in a citizen number, if the text is one.
    #[must_use]
    pub fn of_number(citizen_id: &str) -> Option<Self> {
        Some(Self::Year(i32::from(CitizenId::parse(citizen_id).ok()?.birth_year())))
    }

    /// Whether six digits say it, in any order of day, month and year that people use.
    #[must_use]
    pub fn is_said_by(self, pin: &str) -> bool {
        let digits: Option<Vec<i32>> = pin.chars().map(|c| i32::try_from(c.to_digit(10)?).ok()).collect();
        let Some([a, b, c, d, e, f]) = digits.as_deref().and_then(|it| it.first_chunk::<6>()).copied() else {
            return false;
        };
        let (first, second, third) = (a * 10 + b, c * 10 + d, e * 10 + f);
        let (front, back) = (first * 100 + second, second * 100 + third);
        match self {
            Self::Day(date) => {
                let (year, month, day) = date.year_month_day();
                let (month, day) = (i32::from(month), i32::from(day));
                let short = year.rem_euclid(100);
                let orders =
                    [[day, month, short], [month, day, short], [short, month, day], [short, day, month]];
                orders.contains(&[first, second, third])
                    || (front == year && [month, day].contains(&third))
                    || (back == year && [month, day].contains(&first))
                    || (back == year && (a, b) == (day, month))
            }
            Self::Year(year) => {
                let short = year.rem_euclid(100);
                let days = |x: i32, y: i32| {
                    ((1..=31).contains(&x) && (1..=12).contains(&y))
                        || ((1..=12).contains(&x) && (1..=31).contains(&y))
                };
                (third == short && days(first, second))
                    || (first == short && days(second, third))
                    || front == year
                    || back == year
            }
        }
    }
}

impl std::fmt::Debug for Birth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Birth dates must not reach a log by accident.
        f.write_str("Birth { .. }")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_birth_date_is_recognised_in_each_usual_order() {
        let birth = Birth::Day("1990-05-17".parse().unwrap());
        for pin in ["170590", "051790", "900517", "901705", "051990", "171990", "199005", "199017"] {
            assert!(birth.is_said_by(pin), "{pin}");
        }
        assert!(Birth::Day("1990-05-07".parse().unwrap()).is_said_by("751990"));
        for pin in ["170591", "482916", "", "17059", "abcdef"] {
            assert!(!birth.is_said_by(pin), "{pin}");
        }
    }

    #[test]
    fn with_the_year_alone_any_day_of_it_is_recognised() {
        let birth = Birth::of_number("031 090 000 001").unwrap();
        for pin in ["170590", "900517", "051990", "199005", "311290"] {
            assert!(birth.is_said_by(pin), "{pin}");
        }
        for pin in ["170591", "481290", "482916"] {
            assert!(!birth.is_said_by(pin), "{pin}");
        }
        assert!(Birth::of_number("12").is_none());
    }
}
