//! The lock of the app, as the window and the shell use it.

use super::{App, AppError};
use crate::identity::view::SessionView;
use crate::lock::{Pin, PinCheck, PinError, is_trivial};

impl App {
    /// What a PIN looks like so far. Behind the lock nobody learns the birth date by trying.
    pub async fn pin_check(&self, pin: &str) -> PinCheck {
        let birth = match self.signed_in() {
            Ok((_, session)) => session.birth().await,
            Err(_) => None,
        };
        PinCheck {
            six_digits: Pin::read(pin).is_ok(),
            trivial: is_trivial(pin),
            birth_date: birth.is_some_and(|birth| birth.is_said_by(pin)),
        }
    }

    /// Chooses a PIN for this device; where there is one already, `current` must be it.
    ///
    /// # Errors
    /// [`AppError`], such as `pin-trivial`, `pin-birth-date` or `pin-wrong`.
    pub async fn lock_set(&self, pin: &str, current: Option<&str>) -> Result<SessionView, AppError> {
        let (active, _) = self.signed_in()?;
        let lock = active.lock.as_ref().ok_or(AppError::SignedOut)?;
        let chosen = Pin::read(pin).map_err(crate::lock::LockError::from)?;
        let looks = self.pin_check(pin).await;
        if looks.trivial {
            return Err(AppError::Lock(PinError::Trivial.into()));
        }
        if looks.birth_date {
            return Err(AppError::Lock(PinError::BirthDate.into()));
        }
        lock.set(&chosen, current).await?;
        self.session_view().await
    }

    /// Goes on without a PIN.
    ///
    /// # Errors
    /// [`AppError`], such as `pin-wrong`.
    pub async fn lock_remove(&self, pin: &str) -> Result<SessionView, AppError> {
        let (active, _) = self.signed_in()?;
        active.lock.as_ref().ok_or(AppError::SignedOut)?.remove(pin).await?;
        self.session_view().await
    }

    /// Opens the lock.
    ///
    /// # Errors
    /// [`AppError`], such as `pin-wrong`, `pin-wait` or `pin-sign-in`.
    pub async fn lock_open(&self, pin: &str) -> Result<SessionView, AppError> {
        let active = self.active();
        active.lock.as_ref().ok_or(AppError::SignedOut)?.open(pin).await?;
        self.tell_of_new_devices().await?;
        self.session_view().await
    }

    /// Locks after so many minutes without a touch: 1, 5 or 15.
    ///
    /// # Errors
    /// [`AppError`], `invalid` for any other number.
    pub async fn lock_after(&self, minutes: u32) -> Result<SessionView, AppError> {
        let (active, _) = self.signed_in()?;
        active.lock.as_ref().ok_or(AppError::SignedOut)?.lock_after(minutes).await?;
        self.session_view().await
    }

    /// Locks now, if there is a PIN.
    ///
    /// # Errors
    /// [`AppError`] if the store fails.
    pub async fn lock_now(&self) -> Result<SessionView, AppError> {
        if let Some(lock) = &self.active().lock {
            lock.lock_now();
        }
        self.session_view().await
    }

    /// The person touched the screen.
    pub fn person_active(&self) {
        if let Some(lock) = &self.active().lock {
            lock.touch();
        }
    }

    /// The app is no longer in front. It locks unless it is soon back.
    pub fn background(&self) {
        if let Some(lock) = &self.active().lock {
            lock.away();
        }
    }

    /// The app came to the front: it may be locked by now, and everything is tried again.
    ///
    /// # Errors
    /// [`AppError`] if the store fails.
    pub async fn foreground(&self) -> Result<(), AppError> {
        if let Some(lock) = &self.active().lock {
            lock.back();
        }
        self.network_changed().await
    }
}
