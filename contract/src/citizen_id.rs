//! The 12-digit personal identification number.
//!
//! Digits 1–3 name the province (or country) where the birth was registered,
//! digit 4 century and sex, digits 5–6 the birth year, the rest is random.
//! There is no check digit, numbers can be re-established and a code may name
//! a country, so anything beyond "twelve digits" is a warning, never a refusal.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A personal identification number: exactly twelve ASCII digits.
///
/// `Debug` and `Display` show it masked; only [`CitizenId::reveal`] gives it
/// whole, and callers of that are the ones to review.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CitizenId(String);

/// Why a text is not a personal identification number. Never repeats the text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CitizenIdError {
    /// Not twelve digits long; the old 9-digit card number ends here.
    #[error("a citizen id has 12 digits, this has {count}")]
    WrongLength {
        /// How many digits were given.
        count: usize,
    },
    /// A character that is neither a digit nor a separator people type.
    #[error("a citizen id has only digits; character {position} is not one")]
    NotADigit {
        /// Counted in characters from one.
        position: usize,
    },
}

/// A person's sex as cards print it and the number's fourth digit says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Nam.
    Male,
    /// Nữ.
    Female,
}

/// Something odd about a number. The holder is asked, never refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CitizenIdWarning {
    /// The first three digits are none of the known provinces; they may be a
    /// country's code.
    UnknownProvince,
    /// The birth year it carries is later than the year given.
    BornInFuture,
    /// The birth year it carries is more than 120 years before the year given.
    VeryOld,
}

impl CitizenId {
    /// Reads a number as people type it: spaces, dots and hyphens are skipped.
    ///
    /// # Errors
    /// A character that is no digit, or a count of digits other than twelve.
    pub fn parse(text: &str) -> Result<Self, CitizenIdError> {
        let mut digits = String::with_capacity(12);
        for (index, c) in text.chars().enumerate() {
            match c {
                '0'..='9' => digits.push(c),
                '.' | '-' => {}
                c if c.is_whitespace() => {}
                _ => return Err(CitizenIdError::NotADigit { position: index + 1 }),
            }
        }
        if digits.len() == 12 {
            Ok(Self(digits))
        } else {
            Err(CitizenIdError::WrongLength { count: digits.len() })
        }
    }

    /// All twelve digits: for the keyed hash, encryption and an audited look.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The code of the province or country of birth registration, with its
    /// leading zeros.
    pub fn province_code(&self) -> &str {
        self.0.get(..3).unwrap_or_default()
    }

    /// The sex the number was issued with.
    pub fn sex(&self) -> Sex {
        if self.digit(3).is_multiple_of(2) { Sex::Male } else { Sex::Female }
    }

    /// The full birth year the number was issued with, 1900 to 2399.
    pub fn birth_year(&self) -> u16 {
        1900 + u16::from(self.digit(3) / 2) * 100 + u16::from(self.digit(4)) * 10 + u16::from(self.digit(5))
    }

    /// The century of birth as people count it: 20 for 1900–1999.
    pub fn birth_century(&self) -> u8 {
        20 + self.digit(3) / 2
    }

    /// What is odd about the number, given the known province codes and the
    /// current year. Empty for an ordinary number.
    pub fn warnings<S: AsRef<str>>(&self, province_codes: &[S], year_now: u16) -> Vec<CitizenIdWarning> {
        let mut warnings = Vec::new();
        if !province_codes.iter().any(|code| code.as_ref() == self.province_code()) {
            warnings.push(CitizenIdWarning::UnknownProvince);
        }
        if self.birth_year() > year_now {
            warnings.push(CitizenIdWarning::BornInFuture);
        } else if year_now - self.birth_year() > 120 {
            warnings.push(CitizenIdWarning::VeryOld);
        }
        warnings
    }

    fn digit(&self, index: usize) -> u8 {
        self.0.as_bytes().get(index).map_or(0, |byte| byte - b'0')
    }
}

impl fmt::Display for CitizenId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let last = self.0.get(8..).unwrap_or_default();
        write!(f, "{}•••••{last}", self.province_code())
    }
}

impl fmt::Debug for CitizenId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CitizenId({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROVINCES: [&str; 2] = ["030", "031"];

    fn id(text: &str) -> CitizenId {
        CitizenId::parse(text).unwrap()
    }

    #[test]
    fn what_the_digits_say() {
        for (number, province, sex, century, year) in [
            ("031090000001", "031", Sex::Male, 20, 1990),
            ("031190000001", "031", Sex::Female, 20, 1990),
            ("030205000002", "030", Sex::Male, 21, 2005),
            ("001300000003", "001", Sex::Female, 21, 2000),
            ("031999000003", "031", Sex::Female, 24, 2399),
        ] {
            let id = id(number);
            let facts = (id.province_code(), id.sex(), id.birth_century(), id.birth_year());
            assert_eq!(facts, (province, sex, century, year), "{number}");
        }
    }

    #[test]
    fn separators_that_people_type_are_skipped() {
        for typed in
            ["031 090 000 001", "031.090.000.001", " 031090000001\n", "031-090-000-001", "031\u{a0}090000001"]
        {
            assert_eq!(id(typed), id("031090000001"));
        }
    }

    #[test]
    fn refusals_say_what_is_wrong() {
        for (typed, error) in [
            ("", CitizenIdError::WrongLength { count: 0 }),
            ("123456789", CitizenIdError::WrongLength { count: 9 }),
            ("0310900000012", CitizenIdError::WrongLength { count: 13 }),
            ("03109000000O", CitizenIdError::NotADigit { position: 12 }),
            ("٠٣١٠٩٠٠٠٠٠٠١", CitizenIdError::NotADigit { position: 1 }),
            ("031090000001|", CitizenIdError::NotADigit { position: 13 }),
        ] {
            assert_eq!(CitizenId::parse(typed), Err(error), "{typed}");
        }
    }

    #[test]
    fn odd_numbers_are_warnings_only() {
        assert_eq!(id("031090000001").warnings(&PROVINCES, 2024), []);
        assert_eq!(id("999090000001").warnings(&PROVINCES, 2024), [CitizenIdWarning::UnknownProvince]);
        assert_eq!(id("031225000001").warnings(&PROVINCES, 2024), [CitizenIdWarning::BornInFuture]);
        assert_eq!(id("031225000001").warnings(&PROVINCES, 2025), []);
        assert_eq!(id("031003000001").warnings(&PROVINCES, 2024), [CitizenIdWarning::VeryOld]);
        assert_eq!(id("031004000001").warnings(&PROVINCES, 2024), []);
    }

    #[test]
    fn no_formatting_shows_it_whole() {
        let id = id("031090123456");
        assert_eq!(id.to_string(), "031•••••3456");
        assert_eq!(format!("{id:?}"), "CitizenId(031•••••3456)");
        assert_eq!(format!("{id:#?}"), "CitizenId(031•••••3456)");
    }
}
