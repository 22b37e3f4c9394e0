//! Time and chance, passed in. Nothing else in the backend reads a clock or makes a random byte.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use citizen_contract::time::UtcMillis;

/// Tells what time it is.
pub trait Clock: Send + Sync {
    /// The time now.
    fn now(&self) -> UtcMillis;
}

/// Makes bytes that nobody can guess.
pub trait Random: Send + Sync {
    /// Fills `bytes`.
    fn fill(&self, bytes: &mut [u8]);
}

/// A fixed count of random bytes, for ids, salts, nonces and tokens.
pub fn random_bytes<const N: usize>(random: &dyn Random) -> [u8; N] {
    let mut bytes = [0; N];
    random.fill(&mut bytes);
    bytes
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine for the time")]
    fn now(&self) -> UtcMillis {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
        UtcMillis(millis(since))
    }
}

/// A clock that started at a given instant when it was made and goes on from there at the usual
/// pace: the sample world stands in 2024, while its district still exists.
#[derive(Debug, Clone, Copy)]
pub struct ShiftedClock {
    start: UtcMillis,
    made: Instant,
}

impl ShiftedClock {
    /// A clock that shows `start` now.
    #[must_use]
    pub fn starting_at(start: UtcMillis) -> Self {
        Self { start, made: Instant::now() }
    }
}

impl Clock for ShiftedClock {
    fn now(&self) -> UtcMillis {
        self.start.plus_millis(millis(self.made.elapsed()))
    }
}

/// The operating system's random numbers.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine for randomness")]
    fn fill(&self, bytes: &mut [u8]) {
        // The thread's generator is seeded from the operating system and cannot fail later on.
        rand::Rng::fill_bytes(&mut rand::rng(), bytes);
    }
}

fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shifted_clock_starts_where_it_is_told_and_never_goes_back() {
        let start = UtcMillis(1_712_022_000_000);
        let clock = ShiftedClock::starting_at(start);
        let first = clock.now();
        assert!(first >= start && clock.now() >= first);
        assert!(first < SystemClock.now());
    }

    #[test]
    fn two_draws_differ() {
        assert_ne!(random_bytes::<32>(&SystemRandom), random_bytes::<32>(&SystemRandom));
    }
}
