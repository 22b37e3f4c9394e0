//! `POST /v1/registrations`: somebody declares who they are, and a code is sent to their phone.
//!
//! Nothing here looks for an account: whether the number has one only comes out when the code that was
//! sent to the declared phone comes back.

use citizen_contract::citizen_id::CitizenId;
use citizen_contract::my_data::ACCOUNT_PURPOSE;
use citizen_contract::phone::Phone;
use citizen_contract::registration::{
    ConsentGiven, MAX_CONSENTS, MAX_DEVICE_NAME, MAX_NAME_BYTES, MIN_AGE, REPRESENTATIVE_UNTIL, Register,
    age_on,
};
use citizen_contract::working_time::CivilDate;
use unicode_normalization::UnicodeNormalization as _;

use super::challenge::{Kind, Payload, Person};
use super::codes::{self, CodeError, CodeSent};
use super::{Identity, Origin};

/// The longest code of a purpose or a wording.
const LONGEST_CODE: usize = 40;

/// No code was sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RegisterError {
    /// Says which field.
    #[error("the field {0} is not acceptable")]
    Invalid(&'static str),
    /// Under 14.
    #[error("too young for an account")]
    TooYoung,
    /// The code.
    #[error(transparent)]
    Code(#[from] CodeError),
}

/// Checks what was declared and sends a code.
///
/// # Errors
/// [`RegisterError`]
pub async fn register(
    identity: &Identity,
    input: &Register,
    origin: Origin,
) -> Result<CodeSent, RegisterError> {
    let profile = &identity.backend.profile;
    let today = profile.calendar.day_of(identity.backend.clock.now());
    let number = CitizenId::parse(&input.citizen_id).map_err(|_| RegisterError::Invalid("/citizen_id"))?;
    let phone = parse_phone(identity, &input.phone).ok_or(RegisterError::Invalid("/phone"))?;
    let born = born(&number, input.birth_date.as_deref(), today)?;
    if input.home_unit.as_ref().is_some_and(|unit| profile.unit(unit).is_none()) {
        return Err(RegisterError::Invalid("/home_unit"));
    }
    let person = Person {
        full_name: full_name(&input.full_name).ok_or(RegisterError::Invalid("/full_name"))?,
        birth_date: input.birth_date.clone(),
        sex: input.sex,
        home_unit: input.home_unit.clone(),
        representative_phone: representative(identity, input, born.child_until.is_some())?,
        child_until: born.child_until.map(CivilDate::days),
        consents: consents(&input.consents).ok_or(RegisterError::Invalid("/consents"))?,
    };
    let device_name = device_name(&input.device_name).ok_or(RegisterError::Invalid("/device_name"))?;
    let payload = Payload {
        number: number.reveal().to_owned(),
        phone: phone.e164(),
        device_name,
        person: Some(person),
        known: None,
    };
    Ok(codes::send(identity, Kind::Registration, None, &payload, phone, origin).await?)
}

/// A name as it is shown in the list of devices.
pub(super) fn device_name(typed: &str) -> Option<String> {
    let name = typed.trim();
    (name.chars().count() <= MAX_DEVICE_NAME && !name.contains('\0')).then(|| name.to_owned())
}

fn parse_phone(identity: &Identity, typed: &str) -> Option<Phone> {
    Phone::parse(typed, &identity.backend.profile.mobile_prefixes).ok()
}

/// NFC, single spaces, as cards and people write it; never split into first and last.
pub(super) fn full_name(typed: &str) -> Option<String> {
    let composed: String = typed.nfc().collect();
    let name = composed.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = (1..=MAX_NAME_BYTES).contains(&name.len()) && !name.chars().any(char::is_control);
    fits.then_some(name)
}

/// What an age decides.
struct Born {
    /// The 16th birthday of somebody who is younger today.
    child_until: Option<CivilDate>,
}

/// The declared date decides; a number may have been issued with another year. Without a date, the
/// number's year decides, so far as it can be one.
fn born(number: &CitizenId, declared: Option<&str>, today: CivilDate) -> Result<Born, RegisterError> {
    let wrong = RegisterError::Invalid("/birth_date");
    let (age, sixteenth) = match declared {
        Some(text) => {
            let date: CivilDate = text.parse().map_err(|_| wrong.clone())?;
            if date > today {
                return Err(wrong);
            }
            (age_on(date, today), birthday(date, REPRESENTATIVE_UNTIL))
        }
        None => {
            let (this_year, ..) = today.year_month_day();
            let year = i32::from(number.birth_year());
            if year > this_year {
                return Err(wrong);
            }
            // Somewhere in the year: nobody is refused who may have had their birthday, and everybody
            // counts as a child who may still be one.
            (this_year - year, CivilDate::new(year + REPRESENTATIVE_UNTIL + 1, 1, 1).ok())
        }
    };
    if age < MIN_AGE {
        return Err(RegisterError::TooYoung);
    }
    Ok(Born { child_until: sixteenth.filter(|sixteenth| today < *sixteenth) })
}

/// The day on which somebody is that old; 1 March for 29 February in other years.
pub(super) fn birthday(born: CivilDate, age: i32) -> Option<CivilDate> {
    let (year, month, day) = born.year_month_day();
    CivilDate::new(year + age, month, day).or_else(|_| CivilDate::new(year + age, 3, 1)).ok()
}

/// A child's representative, who confirms before anything of the child's is public.
fn representative(
    identity: &Identity,
    input: &Register,
    child: bool,
) -> Result<Option<String>, RegisterError> {
    let wrong = || RegisterError::Invalid("/representative_phone");
    match (&input.representative_phone, child) {
        (Some(typed), true) => Ok(Some(parse_phone(identity, typed).ok_or_else(wrong)?.e164())),
        (None, true) => Err(wrong()),
        // Somebody else's number that is not needed is not kept.
        (_, false) => Ok(None),
    }
}

/// Whether a text can be the version of a wording.
pub(super) fn is_version(text: &str) -> bool {
    (1..=LONGEST_CODE).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// One entry a purpose, the account's among them: without it nothing may be kept of the person.
fn consents(given: &[ConsentGiven]) -> Option<Vec<ConsentGiven>> {
    let code = |text: &str| {
        let fits = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_';
        (1..=LONGEST_CODE).contains(&text.len()) && text.bytes().all(fits)
    };
    let sound = given.iter().all(|it| code(&it.purpose) && is_version(&it.wording));
    let mut purposes: Vec<&str> = given.iter().map(|it| it.purpose.as_str()).collect();
    purposes.sort_unstable();
    purposes.dedup();
    let distinct = purposes.len() == given.len();
    let account = purposes.contains(&ACCOUNT_PURPOSE);
    (given.len() <= MAX_CONSENTS && account && sound && distinct).then(|| given.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn born_on(declared: Option<&str>, number: &str) -> Result<Option<String>, RegisterError> {
        let today = "2024-04-05".parse().unwrap();
        let born = born(&CitizenId::parse(number).unwrap(), declared, today)?;
        Ok(born.child_until.map(|day| day.to_string()))
    }

    #[test]
    fn an_age_refuses_asks_for_a_representative_or_nothing() {
        let adult = "031090000001";
        for (declared, outcome) in [
            (Some("1990-05-17"), Ok(None)),
            (Some("2010-04-06"), Err(RegisterError::TooYoung)),
            (Some("2010-04-05"), Ok(Some("2026-04-05".to_owned()))),
            (Some("2008-04-06"), Ok(Some("2024-04-06".to_owned()))),
            (Some("2008-04-05"), Ok(None)),
            (Some("2024-04-06"), Err(RegisterError::Invalid("/birth_date"))),
            (Some("17-05-1990"), Err(RegisterError::Invalid("/birth_date"))),
            (Some("1990-02-30"), Err(RegisterError::Invalid("/birth_date"))),
        ] {
            assert_eq!(born_on(declared, adult), outcome, "{declared:?}");
        }
        for (number, outcome) in [
            (adult, Ok(None)),
            ("031207000001", Ok(None)),
            ("031208000001", Ok(Some("2025-01-01".to_owned()))),
            ("031210000001", Ok(Some("2027-01-01".to_owned()))),
            ("031211000001", Err(RegisterError::TooYoung)),
            ("031225000001", Err(RegisterError::Invalid("/birth_date"))),
        ] {
            assert_eq!(born_on(None, number), outcome, "{number}");
        }
        // The declared date counts, whatever year the number was issued with.
        assert_eq!(born_on(Some("1990-05-17"), "031225000001"), Ok(None));
    }

    #[test]
    fn a_name_is_kept_as_it_is_written_with_single_spaces() {
        assert_eq!(full_name("  Nguyễn  Văn\u{a0}Mẫu ").as_deref(), Some("Nguyễn Văn Mẫu"));
        let decomposed: String = "Nguyễn Văn Mẫu".nfd().collect();
        assert_eq!(full_name(&decomposed).as_deref(), Some("Nguyễn Văn Mẫu"));
        for wrong in ["", "   ", "Mẫu\u{0}", &"ă".repeat(101)] {
            assert_eq!(full_name(wrong), None);
        }
    }

    #[test]
    fn each_purpose_is_agreed_to_once_and_under_a_wording() {
        let given = |purpose: &str, wording: &str| ConsentGiven {
            purpose: purpose.to_owned(),
            wording: wording.to_owned(),
        };
        assert!(consents(&[given("account", "2024-04"), given("open_data", "2024-04")]).is_some());
        for wrong in [
            vec![],
            vec![given("contact", "1")],
            vec![given("account", "1"), given("account", "2")],
            vec![given("account", "1"), given("", "1")],
            vec![given("account", "1"), given("Account", "1")],
            vec![given("account", "")],
            vec![given("account", "lời đồng ý")],
        ] {
            assert_eq!(consents(&wrong), None, "{wrong:?}");
        }
    }
}
