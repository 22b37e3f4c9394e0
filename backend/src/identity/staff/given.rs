//! Secrets that a person reads from paper: given passwords and recovery codes.

use crate::clock::{Random, random_bytes};

/// Letters and digits that nobody takes for one another.
const ALPHABET: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// `groups` groups of `length` characters, such as `h7kd-9mwp-q2xn-c4tz`. 16 characters are 79 bits.
pub(super) fn draw(random: &dyn Random, groups: usize, length: usize) -> String {
    let group = |_| -> String {
        let character = |_| {
            // 2^64 is no multiple of 31, which favours some characters by less than one in 10^17.
            let place = u64::from_be_bytes(random_bytes(random)) % 31;
            usize::try_from(place).ok().and_then(|place| ALPHABET.get(place)).copied().unwrap_or(b'x')
        };
        (0..length).map(character).map(char::from).collect()
    };
    (0..groups).map(group).collect::<Vec<_>>().join("-")
}

/// A code as typed, with or without dashes and in capitals.
pub(super) fn normal(code: &str) -> String {
    code.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect()
}
