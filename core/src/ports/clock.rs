//! The clock: what time it is, and waiting until a time.

use std::sync::Mutex;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use async_trait::async_trait;
use citizen_contract::time::UtcMillis;
use tokio::sync::Notify;

/// Tells the time and waits. No order and no correctness may depend on it, only comfort.
#[async_trait]
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970 in UTC, as this device believes.
    fn now(&self) -> UtcMillis;

    /// Returns once `now` has reached `at`.
    async fn wait_until(&self, at: UtcMillis);

    /// Milliseconds since the device was started, asleep or awake, if the system says so. Nobody can
    /// set it; it begins anew with the device.
    fn uptime(&self) -> Option<i64> {
        None
    }
}

/// The device's clock, shifted by a fixed distance (zero for real use, years for a sample world).
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock {
    /// Milliseconds added to the device's time.
    pub shift_ms: i64,
}

#[async_trait]
impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine for the time")]
    fn now(&self) -> UtcMillis {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        UtcMillis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX).saturating_add(self.shift_ms))
    }

    async fn wait_until(&self, at: UtcMillis) {
        let distance = at.0.saturating_sub(self.now().0);
        if let Ok(ms) = u64::try_from(distance) {
            tokio::time::sleep(Duration::from_millis(ms)).await;
        }
    }

    #[cfg(any(target_os = "linux", target_os = "android"))]
    fn uptime(&self) -> Option<i64> {
        let since = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
        Some(since.tv_sec.saturating_mul(1000).saturating_add(since.tv_nsec / 1_000_000))
    }
}

/// A clock that stands still until somebody moves it: for tests and replays.
#[derive(Debug)]
pub struct HandClock {
    now: Mutex<i64>,
    uptime: Mutex<i64>,
    moved: Notify,
}

impl HandClock {
    /// A clock that shows `now`.
    #[must_use]
    pub fn at(now: UtcMillis) -> Self {
        Self { now: Mutex::new(now.0), uptime: Mutex::new(0), moved: Notify::new() }
    }

    /// Time passes. Backwards, if `ms` is negative, only for who looks at the clock.
    pub fn advance(&self, ms: i64) {
        if let Ok(mut uptime) = self.uptime.lock() {
            *uptime = uptime.saturating_add(ms.max(0));
        }
        self.set_by(ms);
    }

    /// Somebody sets the clock; no time passes.
    pub fn set_by(&self, ms: i64) {
        if let Ok(mut now) = self.now.lock() {
            *now = now.saturating_add(ms);
        }
        self.moved.notify_waiters();
    }

    /// The device starts anew.
    pub fn restart(&self) {
        if let Ok(mut uptime) = self.uptime.lock() {
            *uptime = 0;
        }
    }
}

#[async_trait]
impl Clock for HandClock {
    fn now(&self) -> UtcMillis {
        UtcMillis(self.now.lock().map_or(0, |now| *now))
    }

    fn uptime(&self) -> Option<i64> {
        self.uptime.lock().ok().map(|uptime| *uptime)
    }

    async fn wait_until(&self, at: UtcMillis) {
        loop {
            let moved = self.moved.notified();
            if self.now() >= at {
                return;
            }
            moved.await;
        }
    }
}
