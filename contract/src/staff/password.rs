//! Which passwords do for staff.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::fold::fold;

/// The shortest password of staff, in characters.
pub const MIN_PASSWORD: usize = 12;

/// Why a password does not do for staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum Weakness {
    /// Fewer than [`MIN_PASSWORD`] characters.
    TooShort,
    /// The citizen number, or much of it, is in it.
    HasNumber,
    /// The person's given or whole name is in it.
    HasName,
    /// One of those that everybody tries first.
    Common,
}

/// What everybody tries first, folded and without spaces. A password that is made of little else is common.
const COMMON: &[&str] = &[
    "password",
    "matkhau",
    "123456789",
    "987654321",
    "123456",
    "654321",
    "qwertyuiop",
    "thuynguyen",
    "haiphong",
    "vietnam",
    "canbo",
    "quantri",
    "admin",
    "abcdef",
    "iloveyou",
    "anhyeuem",
    "emyeuanh",
    "hanoi",
];

/// Why this password does not do for staff; empty if it does. There are no rules of composition.
#[must_use]
pub fn weaknesses(password: &str, number: &str, name: &str) -> Vec<Weakness> {
    let mut found = Vec::new();
    if password.chars().count() < MIN_PASSWORD {
        found.push(Weakness::TooShort);
    }
    let folded: String = fold(password).chars().filter(|c| !c.is_whitespace()).collect();
    let digits: String = folded.chars().filter(char::is_ascii_digit).collect();
    let tail: String = number.chars().skip(number.chars().count().saturating_sub(6)).collect();
    if tail.len() == 6 && digits.contains(&tail) {
        found.push(Weakness::HasNumber);
    }
    let words: Vec<String> = fold(name).split_whitespace().map(str::to_owned).collect();
    let last_two = words.get(words.len().saturating_sub(2)..).unwrap_or_default().concat();
    if last_two.len() >= 4 && folded.contains(&last_two) {
        found.push(Weakness::HasName);
    }
    let mut rest = folded.clone();
    for word in COMMON {
        rest = rest.replace(word, "");
    }
    let distinct: std::collections::BTreeSet<char> = folded.chars().collect();
    if !folded.is_empty() && (distinct.len() < 5 || rest.chars().count() < 5) {
        found.push(Weakness::Common);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_long_and_neither_the_person_s_own_nor_everybody_s() {
        let weak = |password| weaknesses(password, "031090000001", "Nguyễn Văn Mẫu");
        assert_eq!(weak("bốn con trâu trắng"), []);
        assert_eq!(weak("ngắn quá"), [Weakness::TooShort]);
        assert_eq!(weak("so cua toi 000001 nhe"), [Weakness::HasNumber]);
        assert_eq!(weak("toi la VanMau day nhe"), [Weakness::HasName]);
        assert_eq!(weak("mat khau 123456789"), [Weakness::Common]);
        assert_eq!(weak("aaaaaaaaaaaaaaaa"), [Weakness::Common]);
        assert_eq!(weak(""), [Weakness::TooShort]);
    }
}
