//! How wrong PINs slow down.

/// After so many wrong PINs only signing in helps.
pub const MOST_TRIES: u32 = 10;

/// After so many wrong PINs in a row, the seconds until the next try.
const DELAYS_S: [(u32, i64); 7] =
    [(3, 30), (4, 60), (5, 5 * 60), (6, 15 * 60), (7, 30 * 60), (8, 60 * 60), (9, 2 * 60 * 60)];

/// Milliseconds until the next try after so many wrong ones.
#[must_use]
pub fn delay_ms(failures: u32) -> i64 {
    DELAYS_S.iter().find(|(count, _)| *count == failures).map_or(0, |(_, seconds)| seconds * 1000)
}
