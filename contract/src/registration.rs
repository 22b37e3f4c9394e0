//! Registering with a citizen id and a phone, and the codes that prove the phone.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::citizen_id::Sex;
use crate::ids::{ChallengeId, UnitId};
use crate::time::UtcMillis;
use crate::working_time::CivilDate;

/// The age from which somebody may have an account: who is 14 must hold a card (Luật Căn cước 2023).
pub const MIN_AGE: i32 = 14;
/// The age up to which a representative confirms what is public: a child is under 16 (Luật Trẻ em 2016).
pub const REPRESENTATIVE_UNTIL: i32 = 16;
/// Digits of a code.
pub const CODE_DIGITS: usize = 6;
/// The longest full name, in bytes of NFC.
pub const MAX_NAME_BYTES: usize = 200;
/// The longest name of a device, in characters.
pub const MAX_DEVICE_NAME: usize = 100;
/// The most consents of one registration.
pub const MAX_CONSENTS: usize = 20;

/// The body of `POST /v1/registrations`; the answer is a [`Challenge`], whether or not the number
/// has an account.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// Twelve digits.
    pub citizen_id: String,
    /// As on the card.
    pub full_name: String,
    /// `YYYY-MM-DD`; without it, the year that the number carries stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub birth_date: Option<String>,
    /// As on the card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub sex: Option<Sex>,
    /// As typed; see [`crate::phone::Phone::parse`].
    pub phone: String,
    /// The commune where the person lives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub home_unit: Option<UnitId>,
    /// A representative's phone, required below [`REPRESENTATIVE_UNTIL`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub representative_phone: Option<String>,
    /// What the person agreed to, one entry a purpose.
    pub consents: Vec<ConsentGiven>,
    /// How the person will recognise the device in a list.
    pub device_name: String,
}

/// One purpose that a person agreed to, and the words that were shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct ConsentGiven {
    /// A short code, such as `account`: lower-case letters, digits, `_`; at most 40.
    pub purpose: String,
    /// The version of the wording that was shown, such as `2024-04`; at most 40 ASCII characters.
    pub wording: String,
}

/// Where the code of a challenge comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum ChallengeKind {
    /// It was sent to the phone.
    #[default]
    Phone,
    /// The person's authenticator app shows it.
    Authenticator,
    /// It is one of the recovery codes that the person kept.
    Recovery,
}

/// A code was sent to a phone, or an authenticator shows it, and it is waited for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct Challenge {
    /// Which one; whoever holds it may answer.
    pub id: ChallengeId,
    /// Until when the code serves.
    pub expires_at: UtcMillis,
    /// From when another code may be asked for.
    pub resend_after: UtcMillis,
    /// How many wrong codes are still borne.
    pub tries_left: u8,
    /// The phone's last digits, such as `••• ••• 001`.
    pub phone_hint: String,
    /// Where the code comes from.
    #[serde(default)]
    pub kind: ChallengeKind,
}

/// The body of `POST /v1/registrations/{challenge}/finish`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct FinishRegistration {
    /// Six digits.
    pub code: String,
    /// The password of the new account; at least 8 characters, at most 256 bytes.
    pub password: String,
    /// How the person will recognise the device in a list.
    pub device_name: String,
}

/// The body of `POST /v1/sessions/{challenge}/finish`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct FinishSignIn {
    /// Six digits, or a recovery code.
    pub code: String,
    /// Which of the two, where an authenticator is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub kind: Option<ChallengeKind>,
}

/// The body of `POST /v1/password-resets`; the answer is a [`Challenge`], whether or not number and
/// phone belong to an account. It is finished as a registration is, with the new password.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct ResetPassword {
    /// Twelve digits.
    pub citizen_id: String,
    /// The phone of the account, as typed; see [`crate::phone::Phone::parse`].
    pub phone: String,
}

crate::silent_debug!(Register, FinishRegistration, FinishSignIn, ResetPassword);

/// Full years from a birth to a day. Who was born on 29 February is a year older on 1 March.
#[must_use]
pub fn age_on(birth: CivilDate, today: CivilDate) -> i32 {
    let (birth_year, birth_month, birth_day) = birth.year_month_day();
    let (year, month, day) = today.year_month_day();
    year - birth_year - i32::from((month, day) < (birth_month, birth_day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_full_on_the_birthday() {
        for (birth, today, age) in [
            ("2010-04-08", "2024-04-07", 13),
            ("2010-04-08", "2024-04-08", 14),
            ("2008-02-29", "2024-02-28", 15),
            ("2008-02-29", "2024-02-29", 16),
            ("2008-02-29", "2025-02-28", 16),
            ("2008-02-29", "2025-03-01", 17),
            ("2024-04-08", "2024-04-08", 0),
            ("2025-04-08", "2024-04-08", -1),
        ] {
            assert_eq!(age_on(birth.parse().unwrap(), today.parse().unwrap()), age, "{birth} on {today}");
        }
    }
}
