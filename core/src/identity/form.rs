//! The form of a registration: what keeps it from being sent, and what is only odd.

use citizen_contract::card_qr::{self, CardWarning};
use citizen_contract::citizen_id::{CitizenId, CitizenIdError, Sex};
use citizen_contract::ids::UnitId;
use citizen_contract::phone::{Phone, PhoneError};
use citizen_contract::registration::{
    ConsentGiven, MAX_NAME_BYTES, MIN_AGE, REPRESENTATIVE_UNTIL, Register, age_on,
};
use citizen_contract::working_time::CivilDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::birth::Birth;

/// What a person fills in to register, as typed.
#[derive(Clone, Deserialize, TS)]
#[ts(export, export_to = "views/")]
pub struct RegisterForm {
    /// The number.
    pub citizen_id: String,
    /// The full name.
    pub full_name: String,
    /// `YYYY-MM-DD`, or day, month and year as people write them.
    pub birth_date: Option<String>,
    /// As on the card.
    pub sex: Option<Sex>,
    /// The phone.
    pub phone: String,
    /// The commune.
    pub home_unit: Option<UnitId>,
    /// A representative's phone, for who is under 16.
    pub representative_phone: Option<String>,
    /// What the person agreed to, one entry a purpose.
    pub consents: Vec<ConsentGiven>,
}

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "views/")]
#[serde(rename_all = "snake_case")]
pub enum RegisterField {
    /// The number.
    CitizenId,
    /// The full name.
    FullName,
    /// The birth date.
    BirthDate,
    /// The phone.
    Phone,
    /// A representative's phone.
    RepresentativePhone,
    /// What the person agreed to.
    Consents,
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "views/")]
#[serde(rename_all = "snake_case")]
pub enum FieldProblemCode {
    /// Nothing was entered.
    Missing,
    /// Digits are missing.
    TooShort,
    /// There is too much.
    TooLong,
    /// Something else than digits.
    NotADigit,
    /// It cannot be read.
    Malformed,
    /// Under 14.
    TooYoung,
    /// A number of another country.
    Foreign,
    /// No mobile network has it.
    NotMobile,
}

/// A field that needs another look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct FieldProblem {
    /// Which one.
    pub field: RegisterField,
    /// What is wrong.
    pub code: FieldProblemCode,
    /// How many digits were typed, where digits count.
    pub digits: Option<u32>,
}

/// What the form looks like so far.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct RegisterCheck {
    /// What keeps it from being sent.
    pub problems: Vec<FieldProblem>,
    /// What is odd; nobody is refused for it.
    pub warnings: Vec<CardWarning>,
    /// Full years; without a birth date, those that the number's year gives at most.
    pub age: Option<i32>,
    /// Whether a representative must confirm.
    pub representative_needed: bool,
}

/// What the check compares with.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// The codes of provinces in numbers.
    pub province_codes: &'a [String],
    /// First digits of mobile numbers.
    pub mobile_prefixes: &'a [String],
    /// The locality's day.
    pub today: CivilDate,
}

impl RegisterForm {
    /// Looks at the form.
    #[must_use]
    pub fn check(&self, known: Known<'_>) -> RegisterCheck {
        let mut problems = Vec::new();
        let number = self.number(&mut problems);
        self.name_problem(&mut problems);
        let birth = self.birth(&mut problems);
        // A clock from before this program was written tells nobody's age; the backend decides.
        let told = known.today.year_month_day().0 >= OLDEST_YEAR;
        let age = age(number.as_ref(), birth, known.today).filter(|_| told);
        if age.is_some_and(|age| age < MIN_AGE) {
            let field = if birth.is_some() { RegisterField::BirthDate } else { RegisterField::CitizenId };
            problems.push(problem(field, FieldProblemCode::TooYoung));
        }
        phone_problem(&self.phone, RegisterField::Phone, known, &mut problems);
        let representative_needed = age.is_some_and(|age| (MIN_AGE..REPRESENTATIVE_UNTIL).contains(&age));
        if representative_needed || self.representative().is_some() {
            let typed = self.representative().unwrap_or_default();
            phone_problem(typed, RegisterField::RepresentativePhone, known, &mut problems);
        }
        if self.consents.is_empty() {
            problems.push(problem(RegisterField::Consents, FieldProblemCode::Missing));
        }
        let warnings = number.map(|number| {
            let year = u16::try_from(known.today.year_month_day().0).unwrap_or(u16::MAX);
            let mut found = card_qr::differences(&number, birth, self.sex);
            found.extend(card_qr::oddities(&number, known.province_codes, year));
            found
        });
        RegisterCheck { problems, warnings: warnings.unwrap_or_default(), age, representative_needed }
    }

    /// The request for a form without problems.
    #[must_use]
    pub fn request(&self, device_name: &str) -> Register {
        let number = CitizenId::parse(&self.citizen_id);
        Register {
            citizen_id: number.map_or_else(|_| self.citizen_id.clone(), |it| it.reveal().to_owned()),
            full_name: card_qr::name(&self.full_name).unwrap_or_default(),
            birth_date: self.birth(&mut Vec::new()).map(|it| it.to_string()),
            sex: self.sex,
            phone: self.phone.trim().to_owned(),
            home_unit: self.home_unit.clone(),
            representative_phone: self.representative().map(str::to_owned),
            consents: self.consents.clone(),
            device_name: device_name.to_owned(),
        }
    }

    /// What the form says of the birth, for refusing PINs that are it.
    #[must_use]
    pub fn born(&self) -> Option<Birth> {
        match self.birth(&mut Vec::new()) {
            Some(date) => Some(Birth::Day(date)),
            None => Birth::of_number(&self.citizen_id),
        }
    }

    fn representative(&self) -> Option<&str> {
        self.representative_phone.as_deref().map(str::trim).filter(|typed| !typed.is_empty())
    }

    fn number(&self, problems: &mut Vec<FieldProblem>) -> Option<CitizenId> {
        let (code, digits) = match CitizenId::parse(&self.citizen_id) {
            Ok(number) => return Some(number),
            Err(CitizenIdError::NotADigit { .. }) => (FieldProblemCode::NotADigit, None),
            Err(CitizenIdError::WrongLength { count: 0 }) => (FieldProblemCode::Missing, None),
            Err(CitizenIdError::WrongLength { count }) if count < 12 => {
                (FieldProblemCode::TooShort, Some(count))
            }
            Err(CitizenIdError::WrongLength { count }) => (FieldProblemCode::TooLong, Some(count)),
        };
        let digits = digits.and_then(|count| u32::try_from(count).ok());
        problems.push(FieldProblem { field: RegisterField::CitizenId, code, digits });
        None
    }

    fn name_problem(&self, problems: &mut Vec<FieldProblem>) {
        let typed = self.full_name.trim();
        let code = match card_qr::name(typed) {
            Some(_) => return,
            None if typed.is_empty() => FieldProblemCode::Missing,
            None if typed.len() > MAX_NAME_BYTES => FieldProblemCode::TooLong,
            None => FieldProblemCode::Malformed,
        };
        problems.push(problem(RegisterField::FullName, code));
    }

    fn birth(&self, problems: &mut Vec<FieldProblem>) -> Option<CivilDate> {
        let typed = self.birth_date.as_deref().map(str::trim).filter(|typed| !typed.is_empty())?;
        let date = typed.parse().ok().or_else(|| card_qr::date(typed));
        if date.is_none() {
            problems.push(problem(RegisterField::BirthDate, FieldProblemCode::Malformed));
        }
        date
    }
}

fn problem(field: RegisterField, code: FieldProblemCode) -> FieldProblem {
    FieldProblem { field, code, digits: None }
}

/// No device that shows an earlier year shows the right one.
const OLDEST_YEAR: i32 = 2024;

/// Who gave no birth date may be as old as the year in the number allows.
fn age(number: Option<&CitizenId>, birth: Option<CivilDate>, today: CivilDate) -> Option<i32> {
    match birth {
        Some(birth) => Some(age_on(birth, today)),
        None => Some(today.year_month_day().0 - i32::from(number?.birth_year())),
    }
}

fn phone_problem(typed: &str, field: RegisterField, known: Known<'_>, problems: &mut Vec<FieldProblem>) {
    let digits = typed.chars().filter(char::is_ascii_digit).count();
    let code = match Phone::parse(typed, known.mobile_prefixes) {
        Ok(_) => return,
        Err(_) if typed.trim().is_empty() => FieldProblemCode::Missing,
        Err(PhoneError::NotADigit) => FieldProblemCode::NotADigit,
        Err(PhoneError::WrongLength) if digits < 10 => FieldProblemCode::TooShort,
        Err(PhoneError::WrongLength) => FieldProblemCode::TooLong,
        Err(PhoneError::Foreign) => FieldProblemCode::Foreign,
        Err(PhoneError::NotMobile) => FieldProblemCode::NotMobile,
    };
    let counts = matches!(code, FieldProblemCode::TooShort | FieldProblemCode::TooLong);
    let digits = u32::try_from(digits).ok().filter(|_| counts);
    problems.push(FieldProblem { field, code, digits });
}

#[cfg(test)]
mod tests;
