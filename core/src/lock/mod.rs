//! The lock of the app: six digits that open it on this device, also without a network.
//!
//! It covers screens, it does not protect files: what lies on the disk is locked by the random
//! database key, and the verifier of the PIN lies beside that key in the key store, so whoever can
//! read the one can read the other. Sending and syncing go on while the app is locked.
//!
//! A try is counted before it is looked at, so that ending the process gains nobody a try.

mod delays;
mod kept;
mod pin;
mod view;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use citizen_contract::time::UtcMillis;
use tokio::sync::Notify;

use crate::events::{CoreEvent, Events};
use crate::ports::{KeyStore, Ports};
use crate::store::{StoreError, off_thread};
pub use delays::{MOST_TRIES, delay_ms};
use kept::{KeptLock, Moment, Slot};
pub use pin::{Pin, PinError, is_trivial};
pub use view::{LockView, PinCheck};

/// Without a touch the app locks after so many minutes, unless the person chose otherwise.
pub const IDLE_MINUTES: u32 = 5;
/// What a person may choose.
pub const IDLE_CHOICES: [u32; 3] = [1, IDLE_MINUTES, 15];
/// In the background it locks after so long: a camera or a file dialog in front must not lock out
/// the person who comes back from it.
const AWAY_MS: i64 = 30_000;

/// Why the lock stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// The PIN is not the one.
    #[error("the PIN is wrong")]
    Wrong {
        /// Tries until only signing in helps.
        tries_left: u32,
        /// Milliseconds until the next try.
        wait_ms: i64,
    },
    /// It is too early for another try.
    #[error("another try is possible later")]
    Wait {
        /// Milliseconds until then.
        wait_ms: i64,
    },
    /// Too many tries: only signing in helps.
    #[error("signing in is needed")]
    SignInNeeded,
    /// The digits cannot be a PIN here.
    #[error(transparent)]
    Pin(#[from] PinError),
    /// No such choice of minutes.
    #[error("the lock waits for other numbers of minutes")]
    Minutes,
    /// The key store failed; nothing was tried.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl LockError {
    /// The short code that screens act on.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Wrong { .. } => "pin-wrong",
            Self::Wait { .. } => "pin-wait",
            Self::SignInNeeded => "pin-sign-in",
            Self::Minutes => "invalid",
            Self::Pin(error) => error.code(),
            Self::Store(error) => error.code(),
        }
    }
}

struct State {
    kept: Option<KeptLock>,
    locked: bool,
    touched_at: UtcMillis,
    away_since: Option<UtcMillis>,
}

/// The lock of one account on this device.
pub struct AppLock {
    ports: Ports,
    slot: Slot,
    events: Events,
    state: Mutex<State>,
    /// Held over a whole try, so that two at once are two.
    trying: tokio::sync::Mutex<()>,
    changed: Notify,
}

impl AppLock {
    /// The lock under `name` in the key store; locked if a PIN was chosen.
    ///
    /// # Errors
    /// [`StoreError::Keys`] if the key store cannot tell.
    pub async fn load(
        ports: &Ports,
        keys: &Arc<dyn KeyStore>,
        name: String,
        events: &Events,
    ) -> Result<Self, StoreError> {
        let slot = Slot { keys: keys.clone(), name };
        let reader = slot.clone();
        let kept = off_thread(move || reader.read()).await?;
        let locked = kept.is_some();
        let state = State { kept, locked, touched_at: ports.clock.now(), away_since: None };
        Ok(Self {
            ports: ports.clone(),
            slot,
            events: events.clone(),
            state: Mutex::new(state),
            trying: tokio::sync::Mutex::default(),
            changed: Notify::new(),
        })
    }

    /// Whether the app is locked now; a time that has run out locks it.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        if self.locks_at().is_some_and(|at| at <= self.now()) {
            self.lock_now();
        }
        self.state().locked
    }

    /// Somebody touched the screen.
    pub fn touch(&self) {
        if !self.is_locked() {
            self.state().touched_at = self.now();
        }
    }

    /// The app went to the background.
    pub fn away(&self) {
        let now = self.now();
        self.state().away_since.get_or_insert(now);
        self.changed.notify_one();
    }

    /// The app came back to the front.
    pub fn back(&self) {
        if !self.is_locked() {
            self.state().away_since = None;
        }
    }

    /// Locks, if there is a PIN.
    pub fn lock_now(&self) {
        let newly = {
            let mut state = self.state();
            let newly = state.kept.is_some() && !state.locked;
            state.locked |= newly;
            newly
        };
        if newly {
            self.told();
        }
    }

    /// Locks whenever a time runs out. Never returns.
    pub async fn lock_in_time(&self) {
        loop {
            match self.locks_at() {
                Some(at) if at <= self.now() => self.lock_now(),
                Some(at) => tokio::select! {
                    () = self.ports.clock.wait_until(at) => {}
                    () = self.changed.notified() => {}
                },
                None => self.changed.notified().await,
            }
        }
    }

    /// Opens with the PIN.
    ///
    /// # Errors
    /// [`LockError`]; it stays locked.
    pub async fn open(&self, pin: &str) -> Result<(), LockError> {
        let _one = self.trying.lock().await;
        self.try_pin(Pin::read(pin)?).await?;
        self.unlock();
        Ok(())
    }

    /// Chooses a PIN. Where there is one already, it must be told.
    ///
    /// # Errors
    /// [`LockError`]; everything stays as it was.
    pub async fn set(&self, pin: &Pin, current: Option<&str>) -> Result<(), LockError> {
        let _one = self.trying.lock().await;
        self.try_pin(Pin::read(current.unwrap_or_default()).unwrap_or_default()).await?;
        let (salt, pin) = (self.ports.random.bytes::<16>(), pin.clone());
        let mut kept = off_thread(move || KeptLock::choose(&pin, &salt)).await?;
        kept.idle_minutes = self.idle_minutes();
        self.write(Some(kept)).await?;
        self.unlock();
        Ok(())
    }

    /// Goes on without a PIN.
    ///
    /// # Errors
    /// [`LockError`]; the PIN stays.
    pub async fn remove(&self, pin: &str) -> Result<(), LockError> {
        let _one = self.trying.lock().await;
        self.try_pin(Pin::read(pin)?).await?;
        self.write(None).await?;
        self.unlock();
        Ok(())
    }

    /// Locks after so many minutes without a touch from now on.
    ///
    /// # Errors
    /// [`LockError::Minutes`] for what is no choice; [`LockError::Store`] if it was not kept.
    pub async fn lock_after(&self, minutes: u32) -> Result<(), LockError> {
        let _one = self.trying.lock().await;
        if !IDLE_CHOICES.contains(&minutes) {
            return Err(LockError::Minutes);
        }
        let Some(mut kept) = self.state().kept.clone() else { return Ok(()) };
        kept.idle_minutes = minutes;
        self.write(Some(kept)).await?;
        self.told();
        Ok(())
    }

    /// The person has signed in, which opens the lock. A PIN that was `forgotten`, or tried too
    /// often, is gone.
    ///
    /// # Errors
    /// [`StoreError::Keys`] if the key store kept it.
    pub async fn signed_in(&self, forgotten: bool) -> Result<(), StoreError> {
        let _one = self.trying.lock().await;
        let spent = self.state().kept.as_ref().is_some_and(|kept| kept.failures >= MOST_TRIES);
        if forgotten || spent {
            self.write(None).await?;
        }
        self.unlock();
        Ok(())
    }

    /// The lock as screens are told.
    #[must_use]
    pub fn view(&self) -> LockView {
        let locked = self.is_locked();
        let (at, idle_minutes) = (self.moment(), self.idle_minutes());
        let now = at.now;
        let mut state = self.state();
        let set = state.kept.is_some();
        let (failures, wait_ms) = match state.kept.as_mut() {
            Some(kept) => (kept.failures, kept.wait_ms(at)),
            None => (0, 0),
        };
        LockView {
            set,
            locked,
            open_at: (wait_ms > 0).then(|| now.plus_millis(wait_ms)),
            tries_left: MOST_TRIES.saturating_sub(failures),
            sign_in_needed: failures >= MOST_TRIES,
            idle_minutes,
        }
    }

    fn idle_minutes(&self) -> u32 {
        self.state().kept.as_ref().map_or(IDLE_MINUTES, |kept| kept.idle_minutes)
    }

    /// Counts a try, then looks at it. Without a PIN there is nothing to try.
    async fn try_pin(&self, pin: Pin) -> Result<(), LockError> {
        let at = self.moment();
        let Some(mut kept) = self.state().kept.clone() else { return Ok(()) };
        if kept.failures >= MOST_TRIES {
            return Err(LockError::SignInNeeded);
        }
        let wait_ms = kept.wait_ms(at);
        if wait_ms > 0 {
            // What has passed of the wait is kept, for a clock that is turned back after a restart.
            self.write(Some(kept)).await?;
            return Err(LockError::Wait { wait_ms });
        }
        kept.failures += 1;
        kept.begin_wait(delay_ms(kept.failures), at);
        self.write(Some(kept.clone())).await?;
        let looked_at = kept.clone();
        if off_thread(move || looked_at.fits(&pin)).await? {
            kept.failures = 0;
            kept.begin_wait(0, at);
            self.write(Some(kept)).await?;
            return Ok(());
        }
        // The window shows how many are left.
        self.told();
        if kept.failures >= MOST_TRIES {
            return Err(LockError::SignInNeeded);
        }
        let tries_left = MOST_TRIES.saturating_sub(kept.failures);
        Err(LockError::Wrong { tries_left, wait_ms: delay_ms(kept.failures) })
    }

    async fn write(&self, kept: Option<KeptLock>) -> Result<(), StoreError> {
        let (slot, written) = (self.slot.clone(), kept.clone());
        off_thread(move || slot.write(written.as_ref())).await?;
        self.state().kept = kept;
        Ok(())
    }

    fn unlock(&self) {
        {
            let mut state = self.state();
            state.locked = false;
            state.touched_at = self.now();
            state.away_since = None;
        }
        self.told();
    }

    fn told(&self) {
        self.changed.notify_one();
        self.events.announce(CoreEvent::Session);
    }

    /// When it locks by itself, if nobody touches it.
    fn locks_at(&self) -> Option<UtcMillis> {
        let now = self.now();
        let mut state = self.state();
        if state.locked || state.kept.is_none() {
            return None;
        }
        // A clock that was set back must not keep it open for longer.
        state.touched_at = state.touched_at.min(now);
        state.away_since = state.away_since.map(|since| since.min(now));
        let minutes = state.kept.as_ref().map_or(IDLE_MINUTES, |kept| kept.idle_minutes);
        let idle = state.touched_at.plus_millis(i64::from(minutes).saturating_mul(60_000));
        Some(state.away_since.map_or(idle, |since| since.plus_millis(AWAY_MS).min(idle)))
    }

    fn moment(&self) -> Moment {
        Moment { now: self.now(), up: self.ports.clock.uptime() }
    }

    fn now(&self) -> UtcMillis {
        self.ports.clock.now()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
