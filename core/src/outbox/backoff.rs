//! How long to wait before the next try: full jitter, a cap of minutes, no giving up.

use citizen_contract::time::UtcMillis;

use crate::ports::Random;

/// No wait is ever longer; a stored time further away than this came from a clock that jumped.
pub const LONGEST_WAIT_MS: i64 = 60 * 60 * 1000;

const BASE_MS: u64 = 2_000;
const CAP_MS: u64 = 10 * 60 * 1000;

/// Computes waits.
pub struct Backoff<'a> {
    /// Where the jitter comes from.
    pub random: &'a dyn Random,
    /// The time now.
    pub now: UtcMillis,
}

impl Backoff<'_> {
    /// When to try again after `attempts` failed tries (1 for the first) and the backend's wish.
    ///
    /// Jitter stands on top of the wish: clients that were all told "30 s" must not come back at once.
    #[must_use]
    pub fn next(&self, attempts: u32, wish_ms: Option<i64>) -> UtcMillis {
        let ceiling =
            BASE_MS.saturating_mul(1_u64.checked_shl(attempts.min(20)).unwrap_or(u64::MAX)).min(CAP_MS);
        let jitter = i64::try_from(self.random.up_to(ceiling)).unwrap_or(0);
        let wish = wish_ms.unwrap_or(0).clamp(0, LONGEST_WAIT_MS);
        let wait = wish.saturating_add(jitter).min(LONGEST_WAIT_MS);
        self.now.plus_millis(wait)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::SeededRandom;

    #[test]
    fn waits_grow_are_spread_and_stay_within_minutes() {
        let random = SeededRandom::new(3);
        let backoff = Backoff { random: &random, now: UtcMillis(1_000) };
        let waits = |attempts| (0..400).map(|_| backoff.next(attempts, None).0 - 1_000).collect::<Vec<_>>();
        let (first, late) = (waits(1), waits(40));
        assert!(first.iter().all(|wait| *wait <= 4_000), "the first wait is short");
        assert!(late.iter().all(|wait| *wait <= 600_000), "the cap holds after many tries");
        assert!(
            late.iter().any(|wait| *wait < 100_000) && late.iter().any(|wait| *wait > 500_000),
            "full jitter"
        );
    }

    #[test]
    fn the_backends_wish_is_a_floor_and_an_absurd_one_is_cut() {
        let random = SeededRandom::new(3);
        let backoff = Backoff { random: &random, now: UtcMillis(0) };
        assert!((0..100).all(|_| backoff.next(1, Some(30_000)).0 >= 30_000));
        assert_eq!(backoff.next(1, Some(i64::MAX)).0, LONGEST_WAIT_MS);
    }
}
