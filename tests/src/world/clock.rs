//! One clock for everybody in the world: device and backend see the same hand-moved time.

use async_trait::async_trait;
use citizen_contract::time::UtcMillis;
use citizen_core::ports::{Clock, HandClock};

/// Friday, 5 April 2024, 09:00 in Vietnam: a working day while the district still exists.
pub const IN_APRIL: UtcMillis = UtcMillis(1_712_282_400_000);

/// Stands still until it is moved.
pub struct WorldClock(HandClock);

impl Default for WorldClock {
    fn default() -> Self {
        Self(HandClock::at(IN_APRIL))
    }
}

impl WorldClock {
    /// Moves everybody's time on.
    pub fn advance_ms(&self, ms: i64) {
        self.0.advance(ms);
    }
}

#[async_trait]
impl Clock for WorldClock {
    fn now(&self) -> UtcMillis {
        self.0.now()
    }

    async fn wait_until(&self, at: UtcMillis) {
        self.0.wait_until(at).await;
    }

    fn uptime(&self) -> Option<i64> {
        self.0.uptime()
    }
}

impl citizen_backend::clock::Clock for WorldClock {
    fn now(&self) -> UtcMillis {
        self.0.now()
    }
}

/// The clock of a device that is wrong.
pub(super) struct WrongClock {
    pub right: std::sync::Arc<WorldClock>,
    pub by_ms: i64,
}

#[async_trait]
impl Clock for WrongClock {
    fn now(&self) -> UtcMillis {
        Clock::now(&*self.right).plus_millis(self.by_ms)
    }

    async fn wait_until(&self, at: UtcMillis) {
        self.right.wait_until(at.plus_millis(-self.by_ms)).await;
    }

    fn uptime(&self) -> Option<i64> {
        self.right.uptime()
    }
}
