//! Randomness for keys, identifiers and jitter.

use std::sync::Mutex;

use citizen_contract::time::UtcMillis;
use rand::{Rng as _, SeedableRng as _};

/// Gives random bytes that are fit for keys.
pub trait Random: Send + Sync {
    /// Fills `bytes`.
    fn fill(&self, bytes: &mut [u8]);
}

impl dyn Random + '_ {
    /// `N` random bytes.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    /// A number from 0 to `most`, both included, near enough to uniform for jitter.
    #[must_use]
    pub fn up_to(&self, most: u64) -> u64 {
        u64::from_le_bytes(self.bytes()) % most.saturating_add(1).max(1)
    }

    /// A fresh command id for `now`.
    #[must_use]
    pub fn command_id(&self, now: UtcMillis) -> citizen_contract::ids::CommandId {
        citizen_contract::ids::CommandId::from_parts(now, self.bytes())
    }

    /// A fresh attachment id for `now`.
    #[must_use]
    pub fn attachment_id(&self, now: UtcMillis) -> citizen_contract::ids::AttachmentId {
        citizen_contract::ids::AttachmentId::from_parts(now, self.bytes())
    }
}

/// The operating system's randomness, through a generator that reseeds itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine for randomness")]
    fn fill(&self, bytes: &mut [u8]) {
        rand::rng().fill_bytes(bytes);
    }
}

/// Repeatable bytes for tests; never for keys of real people.
#[derive(Debug)]
pub struct SeededRandom(Mutex<rand::rngs::StdRng>);

impl SeededRandom {
    /// The sequence that belongs to `seed`.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(rand::rngs::StdRng::seed_from_u64(seed)))
    }
}

impl Random for SeededRandom {
    fn fill(&self, bytes: &mut [u8]) {
        if let Ok(mut generator) = self.0.lock() {
            generator.fill_bytes(bytes);
        }
    }
}
