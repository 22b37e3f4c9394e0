//! What tests stand on: a fresh backend with a clock that is moved by hand. Only in tests, of this
//! package and of others.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use citizen_contract::profile::{Profile, embedded};
use citizen_contract::time::UtcMillis;
use object_store::memory::InMemory;

use crate::clock::{Clock, SystemRandom};
use crate::db::{Db, Migration};
use crate::ledger::numbers::Numbers;
use crate::nudges::Nudges;
use crate::receipts::Signer;
use crate::state::Backend;

/// A clock that stands still until it is moved.
#[derive(Debug)]
pub struct HandClock(AtomicI64);

impl HandClock {
    /// Friday, 5 April 2024, 09:00 in Vietnam.
    #[must_use]
    pub fn in_april() -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(1_712_282_400_000)))
    }

    /// Moves it.
    pub fn advance_ms(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::SeqCst);
    }

    /// Moves it.
    pub fn advance_s(&self, seconds: i64) {
        self.advance_ms(seconds * 1000);
    }
}

impl Clock for HandClock {
    fn now(&self) -> UtcMillis {
        UtcMillis(self.0.load(Ordering::SeqCst))
    }
}

/// A backend over `db` with these tables, bytes in memory, and the profile of Thủy Nguyên.
pub async fn backend(db: Db, migrations: &[&[Migration]], clock: &Arc<HandClock>) -> Backend {
    db.migrate(&migrations.concat()).await.unwrap_or_else(|error| panic!("{error}"));
    Backend {
        db,
        profile: profile(),
        signer: Arc::new(Signer::from_seeds(&[1; 32], &[2; 32], clock.now())),
        numbers: Numbers::default(),
        blobs: Arc::new(InMemory::new()),
        clock: clock.clone(),
        random: Arc::new(SystemRandom),
        nudges: Nudges::default(),
    }
}

/// The profile that is compiled in.
pub fn profile() -> Arc<Profile> {
    match embedded("thuy-nguyen") {
        Some(Ok(profile)) => Arc::new(profile),
        other => panic!("{other:?}"),
    }
}
