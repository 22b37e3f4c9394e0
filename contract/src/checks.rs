//! Levels of identity: what a person declared, and what somebody checked.
//!
//! A number is `declared` by whoever types it first. It is `checked` once an official held the card
//! in hand, or the national identification confirmed it over OpenID Connect.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use unicode_normalization::UnicodeNormalization as _;

use crate::ids::{IdentityCheckId, UnitId};
use crate::time::UtcMillis;

/// The most characters of the words that say where a card was seen.
pub const MAX_PLACE: usize = 120;
/// The path of the app's loopback listener; its port is any.
pub const LOOPBACK_PATH: &str = "/national-id";
/// The address under which a phone's app hears of the national identification.
pub const DEEP_LINK: &str = "vn.gov.haiphong.thuynguyen.smart://national-id";

/// How sure it is that somebody is who they say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The person says so.
    #[default]
    Declared,
    /// Somebody checked it.
    Checked,
}

impl Level {
    /// The level of an account with this check.
    #[must_use]
    pub fn of(check: Option<&Check>) -> Self {
        if check.is_some() { Self::Checked } else { Self::Declared }
    }
}

/// How somebody was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum CheckWay {
    /// An official or a community team member saw the card.
    Card,
    /// The national identification said so.
    National,
}

/// A check as its person is told: who did it is kept, and not shown to them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct Check {
    /// How.
    pub way: CheckWay,
    /// When.
    pub at: UtcMillis,
    /// The unit that saw the card; none with the national identification.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub unit_id: Option<UnitId>,
}

/// The body of `POST /v1/card-checks`, for officials; the answer is a [`CardChecked`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct CheckCard {
    /// Twelve digits, as on the card.
    pub citizen_id: String,
    /// The name on the card.
    pub full_name: String,
    /// The last three digits of the phone that the person uses for the account, as they say them: whoever
    /// registered a number first may not be the one who stands here with the card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub phone_digits: Option<String>,
    /// For which of the official's units; needed only where there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub unit_id: Option<UnitId>,
    /// Where it happened, if not at the unit's own counter; at most [`MAX_PLACE`] characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub place: Option<String>,
}

/// What became of a look at a card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct CardChecked {
    /// What.
    pub outcome: CardOutcome,
    /// The check that stands now, if one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub check: Option<Check>,
}

/// What became of a look at a card, without a word of what is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum CardOutcome {
    /// Number and name are those of an account, which is checked from now on.
    Confirmed,
    /// It was checked before; nothing changed.
    AlreadyChecked,
    /// No account has this number.
    NoAccount,
    /// The account of this number has another name.
    NameDiffers,
    /// Number and name are those of an account, but it is used with another phone.
    PhoneDiffers,
    /// The number belongs to no account any more; the person may register with it.
    Freed,
}

/// The body of `POST /v1/identity-checks`; the answer is a [`NationalBegun`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct BeginNational {
    /// `http://127.0.0.1:<port>` and [`LOOPBACK_PATH`], or [`DEEP_LINK`].
    pub redirect_uri: String,
    /// The S256 challenge of a verifier that stays on the device (RFC 7636): 43 characters.
    pub code_challenge: String,
}

/// Where the person goes in the browser.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct NationalBegun {
    /// Which attempt.
    pub id: IdentityCheckId,
    /// What to open.
    pub authorization_url: String,
    /// What comes back with the code; anything else is somebody else's.
    pub state: String,
    /// Until when it can be finished.
    pub expires_at: UtcMillis,
}

/// The body of `POST /v1/identity-checks/{check}/finish`; the answer is a [`Check`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct FinishNational {
    /// What the browser brought.
    pub code: String,
    /// What came with it.
    pub state: String,
    /// What the challenge was made from.
    pub code_verifier: String,
}

crate::silent_debug!(CheckCard, BeginNational, NationalBegun, FinishNational);

/// Whether two ways to write a name are the same name: letter case, spaces, Unicode form and the
/// place of the tone mark in a word (`Hoà`, `Hòa`) do not matter; diacritics do.
#[must_use]
pub fn same_name(one: &str, other: &str) -> bool {
    let one = comparable(one);
    !one.is_empty() && one == comparable(other)
}

fn comparable(name: &str) -> Vec<String> {
    let small: String = name.nfc().flat_map(char::to_lowercase).collect();
    small.split_whitespace().map(tone_last).collect()
}

/// A word with its tone marks after its letters.
fn tone_last(word: &str) -> String {
    // Grave, acute, tilde, hook above, dot below.
    const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];
    let (tones, letters): (String, String) = word.nfd().partition(|c| TONES.contains(c));
    letters.nfc().chain(tones.chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_however_a_card_or_a_phone_writes_it() {
        for (one, other) in [
            ("NGUYỄN VĂN MẪU", "Nguyễn Văn Mẫu"),
            ("Trần  Thị Hoà ", "Trần Thị Hòa"),
            ("Lê Thuý", "LÊ THÚY"),
            ("Nguye\u{302}\u{303}n Ma\u{302}\u{303}u", "Nguyễn Mẫu"),
        ] {
            assert!(same_name(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("Nguyễn Văn Mẫu", "Nguyễn Văn Mậu"),
            ("Nguyễn Văn Mẫu", "Nguyen Van Mau"),
            ("Nguyễn Văn Mẫu", "Nguyễn Mẫu"),
            ("Đỗ Mẫu", "Dỗ Mẫu"),
            ("", ""),
        ] {
            assert!(!same_name(one, other), "{one} {other}");
        }
    }
}
