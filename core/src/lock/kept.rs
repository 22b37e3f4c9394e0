//! What the key store holds of a lock: a verifier of the PIN, and the wrong tries so far.

use std::sync::Arc;

use argon2::{Algorithm, Argon2, Params, Version};
use citizen_contract::time::UtcMillis;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{IDLE_MINUTES, MOST_TRIES, Pin};
use crate::ports::KeyStore;
use crate::store::StoreError;

const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;

/// The entry of one account.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct KeptLock {
    salt: String,
    verifier: String,
    memory_kib: u32,
    passes: u32,
    pub failures: u32,
    /// What is left of the wait, as of `seen_at`.
    left_ms: i64,
    seen_at: UtcMillis,
    /// The device's uptime then, where it is known: nobody can set that clock forward.
    #[serde(default)]
    seen_up: Option<i64>,
    /// Minutes without a touch until it locks.
    #[serde(default = "usual_minutes")]
    pub idle_minutes: u32,
}

fn usual_minutes() -> u32 {
    IDLE_MINUTES
}

/// What the clocks of the device say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    pub now: UtcMillis,
    pub up: Option<i64>,
}

impl KeptLock {
    pub(super) fn choose(pin: &Pin, salt: &[u8; 16]) -> Result<Self, StoreError> {
        let mut kept = Self {
            salt: hex::encode(salt),
            verifier: String::new(),
            memory_kib: MEMORY_KIB,
            passes: PASSES,
            failures: 0,
            left_ms: 0,
            seen_at: UtcMillis(0),
            seen_up: None,
            idle_minutes: IDLE_MINUTES,
        };
        kept.verifier = hex::encode(kept.hash(pin)?.as_slice());
        Ok(kept)
    }

    /// Stands for an entry that cannot be read: no PIN opens it, signing in does.
    fn unreadable() -> Self {
        Self {
            salt: String::new(),
            verifier: String::new(),
            memory_kib: MEMORY_KIB,
            passes: PASSES,
            failures: MOST_TRIES,
            left_ms: 0,
            seen_at: UtcMillis(0),
            seen_up: None,
            idle_minutes: IDLE_MINUTES,
        }
    }

    /// Whether `pin` is the one that was chosen. Takes some 50 ms, as it should.
    pub(super) fn fits(&self, pin: &Pin) -> Result<bool, StoreError> {
        Ok(hex::encode(self.hash(pin)?.as_slice()) == self.verifier)
    }

    fn hash(&self, pin: &Pin) -> Result<Zeroizing<[u8; 32]>, StoreError> {
        let params = Params::new(self.memory_kib, self.passes, 1, Some(32)).map_err(|_| StoreError::Shape)?;
        let mut hash = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(pin.as_bytes(), self.salt.as_bytes(), hash.as_mut_slice())
            .map_err(|_| StoreError::Shape)?;
        Ok(hash)
    }

    pub(super) fn begin_wait(&mut self, wait_ms: i64, at: Moment) {
        self.left_ms = wait_ms;
        self.seen_at = at.now;
        self.seen_up = at.up;
    }

    /// Milliseconds until the next try. Only time that was seen to pass shortens it: a clock that is
    /// turned back lengthens nothing and shortens nothing, and one that is turned forward does nothing
    /// where the device tells its uptime. Across a restart of the device only its clock is left.
    pub(super) fn wait_ms(&mut self, at: Moment) -> i64 {
        let by_clock = at.now.0.saturating_sub(self.seen_at.0);
        let passed = match (self.seen_up, at.up) {
            // After a restart the uptime is less than what has passed, never more.
            (Some(seen), Some(up)) if up >= seen => up.saturating_sub(seen),
            _ => by_clock.max(0),
        };
        self.left_ms = self.left_ms.saturating_sub(passed).max(0);
        self.seen_at = at.now;
        self.seen_up = at.up;
        self.left_ms
    }
}

/// Where the entry is kept.
#[derive(Clone)]
pub(super) struct Slot {
    pub keys: Arc<dyn KeyStore>,
    pub name: String,
}

impl Slot {
    pub(super) fn read(&self) -> Result<Option<KeptLock>, StoreError> {
        let Some(secret) = self.keys.get(&self.name)? else { return Ok(None) };
        Ok(Some(serde_json::from_slice(&secret).unwrap_or_else(|_| KeptLock::unreadable())))
    }

    pub(super) fn write(&self, kept: Option<&KeptLock>) -> Result<(), StoreError> {
        match kept {
            Some(kept) => Ok(self.keys.set(&self.name, &Zeroizing::new(serde_json::to_vec(kept)?))?),
            None => Ok(self.keys.delete(&self.name)?),
        }
    }
}
