//! The profiles of this tree, inside the binary, so that one file runs alone.

use super::{Profile, ProfileErrors, ProfileSource};

/// The ids of the profiles inside the binary.
pub const EMBEDDED: &[&str] = &["thuy-nguyen", "hai-duong"];

macro_rules! files {
    ($id:literal: $($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../../profiles/", $id, "/", $name)))),+]
    };
}

const VIETNAM: &[(&str, &str)] =
    files!("vietnam": "id-provinces.csv", "mobile-prefixes.csv", "public-holidays.csv");
const THUY_NGUYEN: &[(&str, &str)] = files!("thuy-nguyen":
    "locality.toml", "units.csv", "categories.csv", "rules.toml", "hours.toml", "days.csv", "wording.toml",
    "texts.toml", "theme.toml", "routing.csv", "personal.toml", "samples.toml");
const HAI_DUONG: &[(&str, &str)] = files!("hai-duong":
    "locality.toml", "units.csv", "categories.csv", "rules.toml", "hours.toml", "days.csv", "wording.toml",
    "texts.toml", "theme.toml", "routing.csv", "personal.toml");

/// The texts of an embedded profile, as far as there is one of that id.
pub fn embedded_source(id: &str) -> Option<ProfileSource> {
    let files = match id {
        "thuy-nguyen" => THUY_NGUYEN,
        "hai-duong" => HAI_DUONG,
        _ => return None,
    };
    let national = VIETNAM.iter().map(|(name, text)| (format!("vietnam/{name}"), *text));
    Some(files.iter().map(|(name, text)| ((*name).to_owned(), *text)).chain(national).collect())
}

/// An embedded profile, read; `None` when there is none of that id.
///
/// # Errors
/// Never for the profiles of a released binary: a test reads them all.
pub fn embedded(id: &str) -> Option<Result<Profile, ProfileErrors>> {
    Some(Profile::parse(&embedded_source(id)?))
}
