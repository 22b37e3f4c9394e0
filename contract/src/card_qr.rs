//! The text in the QR code of a citizen card, of 2021 and of 2024.
//!
//! No official description of the layout is known, the code is not signed, and cards differ: fields
//! are read by their position, then by their shape, and whatever cannot be read is named and left
//! to the person. Only what an account needs comes out. The old card number, the address, dates of
//! issue and parents' names are dropped here and are in no value that this module gives.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use unicode_normalization::UnicodeNormalization as _;

use crate::citizen_id::{CitizenId, CitizenIdError, CitizenIdWarning, Sex};
use crate::fold::fold;
use crate::registration::MAX_NAME_BYTES;
use crate::working_time::CivilDate;

/// More bytes than a QR code holds (version 40, level L).
const MOST_BYTES: usize = 2_953;
/// The fewest fields of a card: number, name, birth date, sex, address, date of issue.
const FEWEST_FIELDS: usize = 6;
/// No card is known on which a field that we read stands later than here.
const LAST_OWN_FIELD: usize = 4;

/// What a card says of its holder, as far as it could be read.
#[derive(Clone, PartialEq, Eq)]
pub struct Card {
    /// The number.
    pub citizen_id: Option<CitizenId>,
    /// The full name in NFC, with single spaces.
    pub full_name: Option<String>,
    /// The birth date.
    pub birth_date: Option<CivilDate>,
    /// The sex.
    pub sex: Option<Sex>,
    /// What is missing or odd, in the order of the fields.
    pub warnings: Vec<CardWarning>,
}

crate::silent_debug!(Card);

/// What is missing on a card or odd about a person's data. The holder is asked, never refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[ts(export, export_to = "views/")]
#[serde(rename_all = "snake_case")]
pub enum CardWarning {
    /// The code has fewer fields than any known card.
    TooFewFields,
    /// There is no number.
    NumberMissing,
    /// The number has not twelve digits.
    NumberMalformed,
    /// There is no name.
    NameMissing,
    /// There is no birth date.
    BirthDateMissing,
    /// The birth date is no day of the calendar.
    BirthDateMalformed,
    /// There is no sex.
    SexMissing,
    /// The number carries another birth year.
    NumberAndBirthDateDiffer,
    /// The number carries another sex.
    NumberAndSexDiffer,
    /// The number begins with the code of no known province; it may be a country's.
    UnknownProvince,
    /// The birth year that the number carries lies ahead.
    BirthYearInFuture,
    /// The birth year that the number carries is more than 120 years ago.
    VeryOld,
}

/// The text is no citizen card's. Never repeats the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not the code of a citizen card")]
pub struct NotACard;

impl Card {
    /// Reads the text of a card's QR code.
    ///
    /// # Errors
    /// [`NotACard`] if it has neither a citizen number nor a birth date where cards have them.
    pub fn parse(text: &str) -> Result<Self, NotACard> {
        if text.len() > MOST_BYTES {
            return Err(NotACard);
        }
        let fields: Vec<&str> = text.split('|').map(clean).collect();
        let mut warnings = Vec::new();
        if fields.len() < FEWEST_FIELDS {
            warnings.push(CardWarning::TooFewFields);
        }
        let citizen_id = number(fields.first().copied().unwrap_or_default(), &mut warnings);
        // The old number, or an empty field in its place, stands between number and name on most cards.
        let name_at = if fields.get(1).is_some_and(|field| name(field).is_some()) { 1 } else { 2 };
        let full_name = fields.get(name_at).and_then(|field| name(field));
        if full_name.is_none() {
            warnings.push(CardWarning::NameMissing);
        }
        let own = fields.get(1..fields.len().min(LAST_OWN_FIELD + 1)).unwrap_or_default();
        let by_position = fields.get(name_at + 2).and_then(|field| sex(field));
        let by_shape = own.iter().position(|field| sex(field).is_some());
        let found_sex = by_position.or_else(|| sex(own.get(by_shape?)?));
        // What comes after the sex is an address and a date of issue.
        let before_sex = own.get(..by_shape.unwrap_or(name_at + 1)).unwrap_or(own);
        let birth_date = birth(fields.get(name_at + 1).copied(), before_sex, &mut warnings);
        if found_sex.is_none() {
            warnings.push(CardWarning::SexMissing);
        }
        if citizen_id.is_none() && birth_date.is_none() {
            return Err(NotACard);
        }
        let mut card = Self { citizen_id, full_name, birth_date, sex: found_sex, warnings };
        let differences =
            card.citizen_id.as_ref().map(|number| differences(number, card.birth_date, card.sex));
        card.warnings.extend(differences.unwrap_or_default());
        Ok(card)
    }
}

/// What is odd about a number beside the birth date and sex of the same person.
#[must_use]
pub fn differences(number: &CitizenId, birth: Option<CivilDate>, sex: Option<Sex>) -> Vec<CardWarning> {
    let mut found = Vec::new();
    if birth.is_some_and(|birth| birth.year_month_day().0 != i32::from(number.birth_year())) {
        found.push(CardWarning::NumberAndBirthDateDiffer);
    }
    if sex.is_some_and(|sex| sex != number.sex()) {
        found.push(CardWarning::NumberAndSexDiffer);
    }
    found
}

/// What is odd about a number by itself, given the known province codes and the current year.
#[must_use]
pub fn oddities<S: AsRef<str>>(number: &CitizenId, province_codes: &[S], year_now: u16) -> Vec<CardWarning> {
    let word = |warning| match warning {
        CitizenIdWarning::UnknownProvince => CardWarning::UnknownProvince,
        CitizenIdWarning::BornInFuture => CardWarning::BirthYearInFuture,
        CitizenIdWarning::VeryOld => CardWarning::VeryOld,
    };
    number.warnings(province_codes, year_now).into_iter().map(word).collect()
}

/// A person's name in NFC with single spaces, or nothing if the text is none.
#[must_use]
pub fn name(text: &str) -> Option<String> {
    let composed: String = text.nfc().collect();
    let words: Vec<&str> = composed.split_whitespace().collect();
    let name = words.join(" ");
    let written = |c: char| c.is_alphabetic() || matches!(c, ' ' | '\'' | '’' | '-' | '.');
    let fits = name.chars().any(char::is_alphabetic)
        && name.chars().all(written)
        && name.len() <= MAX_NAME_BYTES
        && sex(&name).is_none();
    fits.then_some(name)
}

/// Scanners add line ends and byte order marks.
fn clean(field: &str) -> &str {
    field.trim_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}')
}

fn number(field: &str, warnings: &mut Vec<CardWarning>) -> Option<CitizenId> {
    match CitizenId::parse(field) {
        Ok(number) => Some(number),
        Err(CitizenIdError::WrongLength { count: 0 }) => {
            warnings.push(CardWarning::NumberMissing);
            None
        }
        Err(_) => {
            warnings.push(CardWarning::NumberMalformed);
            None
        }
    }
}

fn birth(expected: Option<&str>, others: &[&str], warnings: &mut Vec<CardWarning>) -> Option<CivilDate> {
    let expected = expected.unwrap_or_default();
    if let Some(date) = date(expected).or_else(|| others.iter().find_map(|field| date(field))) {
        return Some(date);
    }
    let digits = expected.bytes().filter(u8::is_ascii_digit).count();
    warnings.push(if digits >= 4 { CardWarning::BirthDateMalformed } else { CardWarning::BirthDateMissing });
    None
}

/// A day written `ddMMyyyy`, also with separators.
#[must_use]
pub fn date(field: &str) -> Option<CivilDate> {
    let written = |c: char| c.is_ascii_digit() || matches!(c, '/' | '-' | '.');
    if !field.chars().all(written) {
        return None;
    }
    let digits: String = field.chars().filter(char::is_ascii_digit).collect();
    if digits.len() != 8 {
        return None;
    }
    let part = |range: std::ops::Range<usize>| digits.get(range);
    let (day, month) = (part(0..2)?.parse().ok()?, part(2..4)?.parse().ok()?);
    let year: i32 = part(4..8)?.parse().ok()?;
    if year < 1800 {
        return None;
    }
    CivilDate::new(year, month, day).ok()
}

fn sex(field: &str) -> Option<Sex> {
    match fold(field).as_str() {
        "nam" => Some(Sex::Male),
        "nu" => Some(Sex::Female),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
