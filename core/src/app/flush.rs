//! Sending what waits without a window, when the system of a phone grants a moment for it.

use super::{App, AppError};
use crate::events::CoreEvent;
use crate::outbox::list;
use crate::store::off_thread;
use crate::worker::Next;

impl App {
    /// Whether anything of this person still has to be sent. It does not matter whether the app is locked.
    ///
    /// # Errors
    /// [`AppError`] if the store fails.
    pub async fn anything_to_send(&self) -> Result<bool, AppError> {
        let active = self.active();
        if active.session.is_none() {
            return Ok(false);
        }
        let db = active.store.outbox.clone();
        Ok(off_thread(move || list::counts(&db)).await?.0 > 0)
    }

    /// Sends as far as it goes now, for an app whose [`App::run`] is not running. Answers whether
    /// something is left.
    ///
    /// # Errors
    /// [`AppError`] if the store fails; nothing is lost.
    pub async fn flush(&self) -> Result<bool, AppError> {
        self.network_changed().await?;
        while self.anything_to_send().await? {
            if let Next::At(_) = self.engine().step().await? {
                return self.anything_to_send().await;
            }
        }
        Ok(false)
    }

    /// The same for one that is running: everything is tried now, and this waits for what comes of it.
    /// Ends only when nothing is left, so the caller bounds it.
    ///
    /// # Errors
    /// [`AppError`] if the store fails; nothing is lost.
    pub async fn sent_all(&self) -> Result<(), AppError> {
        let mut heard = self.subscribe();
        self.network_changed().await?;
        while self.anything_to_send().await? {
            while !matches!(heard.recv().await, Ok(CoreEvent::Outbox) | Err(_)) {}
        }
        Ok(())
    }
}
