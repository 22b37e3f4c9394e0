//! Vietnamese mobile numbers, from how people write them to E.164.
//!
//! Which prefixes exist is data: `profiles/vietnam/mobile-prefixes.csv`, read into
//! [`crate::profile::Profile::mobile_prefixes`]. The 11-digit numbers of before 2018 are none.

use std::fmt;

/// A Vietnamese mobile number.
///
/// `Debug` and `Display` show its last digits only; [`Phone::e164`] gives it whole.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Phone {
    /// The nine digits after +84.
    national: String,
}

/// Why a text is no Vietnamese mobile number. Never repeats the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    /// A character that neither is a digit nor separates digits.
    #[error("a phone number has only digits")]
    NotADigit,
    /// Not nine digits after the country code or the leading 0.
    #[error("a Vietnamese mobile number has ten digits, the first one 0")]
    WrongLength,
    /// A number of another country.
    #[error("the number is of another country")]
    Foreign,
    /// A landline, or a range that was not given out.
    #[error("the number is of no known mobile network")]
    NotMobile,
}

impl Phone {
    /// Reads a number as people type it: `0912 345 678`, `+84.912.345.678`, `84912345678`,
    /// `0084 912345678`, also `+84 (0)912 345 678`. `prefixes` are the known first two digits after
    /// the country code.
    ///
    /// # Errors
    /// [`PhoneError`]
    pub fn parse<S: AsRef<str>>(text: &str, prefixes: &[S]) -> Result<Self, PhoneError> {
        let trimmed = text.trim_start();
        let (international, rest) = match trimmed.strip_prefix('+') {
            Some(rest) => (true, rest),
            None => (false, trimmed),
        };
        let mut digits = String::with_capacity(14);
        for c in rest.chars() {
            match c {
                '0'..='9' => digits.push(c),
                '.' | '-' | '(' | ')' | '/' => {}
                c if c.is_whitespace() => {}
                _ => return Err(PhoneError::NotADigit),
            }
        }
        let national = national(international, &digits)?;
        if national.len() != 9 {
            return Err(PhoneError::WrongLength);
        }
        let prefix = national.get(..2).unwrap_or_default();
        if !prefixes.iter().any(|known| known.as_ref() == prefix) {
            return Err(PhoneError::NotMobile);
        }
        Ok(Self { national: national.to_owned() })
    }

    /// Reads what [`Phone::e164`] wrote, whatever the prefixes are by now.
    #[must_use]
    pub fn from_e164(text: &str) -> Option<Self> {
        let national = text.strip_prefix("+84")?;
        let fits = national.len() == 9 && national.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| Self { national: national.to_owned() })
    }

    /// The whole number, such as `+84912345678`: to keep it, and to send to it.
    #[must_use]
    pub fn e164(&self) -> String {
        format!("+84{}", self.national)
    }
}

/// The digits after the country code, or after the 0 that stands for it.
fn national(international: bool, digits: &str) -> Result<&str, PhoneError> {
    let abroad = if international { Some(digits) } else { digits.strip_prefix("00") };
    if let Some(abroad) = abroad {
        let national = abroad.strip_prefix("84").ok_or(PhoneError::Foreign)?;
        return Ok(national.strip_prefix('0').unwrap_or(national));
    }
    // `84 912 345 678`; a national number of that length would begin with 0.
    if digits.len() == 11 && digits.starts_with("84") {
        return Ok(digits.get(2..).unwrap_or_default());
    }
    digits.strip_prefix('0').ok_or(PhoneError::WrongLength)
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "••• ••• {}", self.national.get(6..).unwrap_or_default())
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phone({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::embedded;

    fn parse(text: &str) -> Result<String, PhoneError> {
        let profile = embedded("thuy-nguyen").unwrap().unwrap();
        Phone::parse(text, &profile.mobile_prefixes).map(|phone| phone.e164())
    }

    #[test]
    fn every_way_of_writing_a_number_is_one_number() {
        for typed in [
            "0912345678",
            " 0912 345 678 ",
            "0912.345.678",
            "0912-345-678",
            "0912\u{a0}345\u{a0}678",
            "+84912345678",
            "+84 912 345 678",
            "+84 (0)912 345 678",
            "84912345678",
            "84 912.345.678",
            "0084912345678",
            "00 84 912 345 678",
        ] {
            assert_eq!(parse(typed).as_deref(), Ok("+84912345678"), "{typed}");
        }
    }

    #[test]
    fn each_network_counts_and_nothing_else() {
        for (typed, prefix) in
            [("0321234567", "32"), ("0551234567", "55"), ("0871234567", "87"), ("0701234567", "70")]
        {
            assert_eq!(parse(typed), Ok(format!("+84{prefix}1234567")));
        }
        // The last: a number beginning with 84 in the country itself, not the country code.
        assert_eq!(parse("0841234567").as_deref(), Ok("+84841234567"));
    }

    #[test]
    fn refusals_say_what_is_wrong() {
        for (typed, error) in [
            ("", PhoneError::WrongLength),
            ("0", PhoneError::WrongLength),
            ("091234567", PhoneError::WrongLength),
            ("09123456789", PhoneError::WrongLength),
            ("912345678", PhoneError::WrongLength),
            ("841234567", PhoneError::WrongLength),
            ("01681234567", PhoneError::WrongLength),
            ("+1 650 253 0000", PhoneError::Foreign),
            ("00856 20 1234567", PhoneError::Foreign),
            ("0225 382 1234", PhoneError::WrongLength),
            ("0220382123", PhoneError::NotMobile),
            ("0511234567", PhoneError::NotMobile),
            ("0712345678", PhoneError::NotMobile),
            ("0912 345 67O", PhoneError::NotADigit),
            ("٠٩١٢٣٤٥٦٧٨", PhoneError::NotADigit),
            ("0912+345678", PhoneError::NotADigit),
        ] {
            assert_eq!(parse(typed), Err(error), "{typed}");
        }
    }

    #[test]
    fn no_formatting_shows_it_whole_and_what_was_kept_reads_back() {
        let phone = Phone::from_e164("+84912345678").unwrap();
        assert_eq!(phone.to_string(), "••• ••• 678");
        assert_eq!(format!("{phone:?}"), "Phone(••• ••• 678)");
        assert_eq!(phone.e164(), "+84912345678");
        assert_eq!(Phone::from_e164("+8491234567"), None);
        assert_eq!(Phone::from_e164("0912345678"), None);
    }
}
