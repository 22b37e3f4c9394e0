//! The worker: sends, uploads and syncs for one account, one thing at a time.
//!
//! [`Engine::step`] does the next thing that is due and says when to come back; it never sleeps,
//! so tests drive it by hand. [`Engine::run`] is the thin loop around it.

mod gate;
mod nudges;
mod run;
mod step;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use citizen_contract::time::UtcMillis;
use ed25519_dalek::VerifyingKey;
use tokio::sync::Notify;

use crate::events::{CoreEvent, Events};
use crate::identity::Session;
use crate::outbox::send::Sender;
use crate::outbox::{OutboxError, Waiting, wake};
use crate::ports::Ports;
use crate::store::{AccountStore, off_thread};
use crate::sync::SearchText;
use crate::uploads::Uploader;
use gate::Gate;
pub use gate::NetworkState;

/// Without a nudge the worker looks for changes this often.
pub const POLL_MS: i64 = 5 * 60 * 1000;

/// When the worker wants to be called again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// At once: something was done and more may be due.
    Again,
    /// At this time, or when woken.
    At(UtcMillis),
}

/// What works for one account.
pub struct Engine {
    ports: Ports,
    store: AccountStore,
    session: Option<Arc<Session>>,
    sender: Sender,
    uploader: Uploader,
    search_text: SearchText,
    events: Events,
    gate: Gate,
    wake: Notify,
    sync_wanted: AtomicBool,
    one_by_one: AtomicBool,
    next_poll: AtomicI64,
    next_settling: AtomicI64,
}

/// What an engine is made of.
pub struct EngineParts {
    /// The world.
    pub ports: Ports,
    /// The account's files.
    pub store: AccountStore,
    /// The account's session; without one only public documents are fetched.
    pub session: Option<Arc<Session>>,
    /// The deployment's root key.
    pub root: VerifyingKey,
    /// How documents are found by words.
    pub search_text: SearchText,
    /// Where changes are announced.
    pub events: Events,
}

impl Engine {
    /// An engine that has done nothing yet.
    #[must_use]
    pub fn new(parts: EngineParts) -> Self {
        let holder = hex::encode(parts.ports.random.bytes::<8>());
        let db = parts.store.outbox.clone();
        Self {
            sender: Sender { db: db.clone(), ports: parts.ports.clone(), root: parts.root, holder },
            uploader: Uploader::new(db, parts.ports.clone()),
            ports: parts.ports,
            store: parts.store,
            session: parts.session,
            search_text: parts.search_text,
            events: parts.events,
            gate: Gate::default(),
            wake: Notify::new(),
            sync_wanted: AtomicBool::new(true),
            one_by_one: AtomicBool::new(false),
            next_poll: AtomicI64::new(0),
            next_settling: AtomicI64::new(0),
        }
    }

    /// Whether the backend was reached last time.
    #[must_use]
    pub fn network(&self) -> NetworkState {
        self.gate.network()
    }

    /// Something was queued: do not wait for the network's backoff, but for what the backend asked.
    pub fn poke(&self) {
        self.gate.open_if_offline();
        self.wake.notify_one();
    }

    /// Looks for changes as soon as possible.
    pub fn want_sync(&self) {
        self.sync_wanted.store(true, Ordering::Relaxed);
        self.wake.notify_one();
    }

    /// The device's network changed, the app came to the front, or somebody tapped "try now".
    /// What the backend asked for with `Retry-After` is honoured all the same.
    ///
    /// # Errors
    /// [`OutboxError::Store`].
    pub async fn wake_up(&self) -> Result<(), OutboxError> {
        let db = self.store.outbox.clone();
        off_thread(move || wake(&db, &[Waiting::Offline, Waiting::Later, Waiting::Update])).await?;
        self.gate.open();
        self.want_sync();
        Ok(())
    }

    fn announce(&self, event: CoreEvent) {
        self.events.announce(event);
    }
}

#[cfg(test)]
mod tests;
