//! One step: the oldest command first, then photos, then what comes down.

use std::sync::atomic::Ordering;

use citizen_contract::command::MAX_BATCH;
use citizen_contract::time::UtcMillis;

use super::{Engine, Next, POLL_MS};
use crate::events::CoreEvent;
use crate::identity::refresh::Refreshed;
use crate::outbox::send::Sent;
use crate::outbox::{OutboxError, Retry, Waiting, resend_all, settle_due, wake};
use crate::ports::Secret;
use crate::store::off_thread;
use crate::sync::{self, SyncError};
use crate::uploads::Uploaded;

/// How often old sent commands are looked at.
const SETTLING_MS: i64 = 60 * 60 * 1000;

impl Engine {
    /// Does the next thing that is due and says when to come back.
    ///
    /// # Errors
    /// [`OutboxError::Store`] if the files fail; nothing is lost, try again later.
    pub async fn step(&self) -> Result<Next, OutboxError> {
        let now = self.ports.clock.now();
        if let Some(until) = self.gate.closed_until(now) {
            return Ok(Next::At(until));
        }
        let mut wakes = vec![self.poll_at(now)];
        if let Some(token) = self.token().await {
            for lane in [Lane::Commands, Lane::Photos] {
                match self.up(lane, &token).await? {
                    Up::Idle(at) => wakes.extend(at),
                    Up::Elsewhere(until) => {
                        wakes.push(until);
                        break;
                    }
                    Up::Did(next) => return Ok(next),
                }
            }
        }
        if self.sync_wanted.load(Ordering::Relaxed) || self.next_poll.load(Ordering::Relaxed) <= now.0 {
            return self.down(now).await;
        }
        self.settle(now).await?;
        Ok(wakes.into_iter().min().map_or(Next::Again, Next::At))
    }

    async fn token(&self) -> Option<Secret> {
        self.session.as_ref()?.token().await
    }

    async fn up(&self, lane: Lane, token: &Secret) -> Result<Up, OutboxError> {
        let gated = match lane {
            Lane::Commands => {
                let single = self.one_by_one.load(Ordering::Relaxed);
                match self.sender.send_due(token.clone(), if single { 1 } else { MAX_BATCH }).await? {
                    Sent::Idle(at) => {
                        self.one_by_one.store(false, Ordering::Relaxed);
                        return Ok(Up::Idle(at));
                    }
                    Sent::Elsewhere(until) => return Ok(Up::Elsewhere(until)),
                    Sent::Split => {
                        self.one_by_one.store(true, Ordering::Relaxed);
                        return Ok(Up::Did(Next::Again));
                    }
                    Sent::Answered => {
                        self.sync_wanted.store(true, Ordering::Relaxed);
                        None
                    }
                    Sent::Gated(gate) => Some(gate),
                }
            }
            Lane::Photos => match self.uploader.step(token.clone()).await? {
                Uploaded::Idle(at) => return Ok(Up::Idle(at)),
                Uploaded::Moved | Uploaded::Confirmed => None,
                Uploaded::Gated(gate) => Some(gate),
            },
        };
        self.announce(CoreEvent::Outbox);
        match gated {
            None => {
                self.served();
                Ok(Up::Did(Next::Again))
            }
            Some(gate) => Ok(Up::Did(self.gated(gate, Some(token)).await?)),
        }
    }

    async fn down(&self, now: UtcMillis) -> Result<Next, OutboxError> {
        let token = self.token().await;
        if self.session.is_some() && token.is_none() {
            // Without its session an account would be told that it has lost its feeds.
            self.sync_wanted.store(false, Ordering::Relaxed);
            self.next_poll.store(now.plus_millis(POLL_MS).0, Ordering::Relaxed);
            return Ok(Next::At(now.plus_millis(POLL_MS)));
        }
        self.sync_wanted.store(false, Ordering::Relaxed);
        match sync::round(&self.store.cache, &self.ports, token.clone(), self.search_text).await {
            Ok(applied) => {
                self.served();
                self.next_poll.store(now.plus_millis(POLL_MS).0, Ordering::Relaxed);
                if applied.more {
                    self.sync_wanted.store(true, Ordering::Relaxed);
                }
                if applied.restarted {
                    let db = self.store.outbox.clone();
                    off_thread(move || resend_all(&db)).await?;
                }
                if applied.changed {
                    self.announce(CoreEvent::Documents);
                }
                Ok(Next::Again)
            }
            Err(SyncError::Gated(gate)) => {
                self.sync_wanted.store(true, Ordering::Relaxed);
                self.gated(gate, token.as_ref()).await
            }
            Err(SyncError::Store(error)) => Err(error.into()),
        }
    }

    fn served(&self) {
        if self.gate.served() {
            self.announce(CoreEvent::Network);
        }
    }

    async fn gated(&self, gate: Retry, token: Option<&Secret>) -> Result<Next, OutboxError> {
        let gate = match (gate, &self.session, token) {
            (Retry::Login, Some(session), Some(token)) => match session.refresh(token).await? {
                Refreshed::Ready => {
                    let db = self.store.outbox.clone();
                    off_thread(move || wake(&db, &[Waiting::Login])).await?;
                    return Ok(Next::Again);
                }
                Refreshed::Ended => {
                    self.served();
                    self.announce(CoreEvent::Session);
                    return Ok(Next::Again);
                }
                Refreshed::Waits(gate) => gate,
            },
            (gate, ..) => gate,
        };
        let (at, changed) = self.gate.close(&gate, self.ports.random.as_ref(), self.ports.clock.now());
        if changed {
            self.announce(CoreEvent::Network);
        }
        Ok(Next::At(at))
    }

    async fn settle(&self, now: UtcMillis) -> Result<(), OutboxError> {
        let next = self.next_settling.load(Ordering::Relaxed);
        if next > now.0 && next <= now.plus_millis(SETTLING_MS).0 {
            return Ok(());
        }
        self.next_settling.store(now.plus_millis(SETTLING_MS).0, Ordering::Relaxed);
        let db = self.store.outbox.clone();
        let settled = off_thread(move || settle_due(&db, now)).await?;
        if !settled.is_empty() {
            self.announce(CoreEvent::Outbox);
        }
        Ok(())
    }

    fn poll_at(&self, now: UtcMillis) -> UtcMillis {
        let at = self.next_poll.load(Ordering::Relaxed);
        // A poll further away than one period was set before the clock went back.
        UtcMillis(at).min(now.plus_millis(POLL_MS))
    }
}

enum Lane {
    Commands,
    Photos,
}

enum Up {
    Idle(Option<UtcMillis>),
    /// Another worker sends and uploads; this one only looks for what comes down.
    Elsewhere(UtcMillis),
    Did(Next),
}
