//! The gate: when the backend as a whole cannot be reached or asks for patience, everything waits
//! behind it together, with one backoff.

use std::sync::{Mutex, MutexGuard, PoisonError};

use citizen_contract::time::UtcMillis;
use serde::Serialize;
use ts_rs::TS;

use crate::outbox::{Backoff, LONGEST_WAIT_MS, Retry};
use crate::ports::Random;

/// How the backend was last reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, TS)]
#[ts(export, export_to = "views/")]
#[serde(rename_all = "snake_case")]
pub enum NetworkState {
    /// It answers.
    Online,
    /// It answers, but cannot do what is asked now.
    Weak,
    /// It is not reached.
    Offline,
}

#[derive(Debug)]
struct State {
    network: NetworkState,
    until: i64,
    /// What the backend itself asked for; no tap opens the gate before.
    floor: i64,
    failures: u32,
}

/// Holds everything back until a time.
#[derive(Debug)]
pub(super) struct Gate(Mutex<State>);

impl Default for Gate {
    fn default() -> Self {
        Self(Mutex::new(State { network: NetworkState::Online, until: 0, floor: 0, failures: 0 }))
    }
}

impl Gate {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn network(&self) -> NetworkState {
        self.state().network
    }

    /// Until when nothing may be tried, if that lies ahead and not absurdly far (a clock set back).
    pub(super) fn closed_until(&self, now: UtcMillis) -> Option<UtcMillis> {
        let until = self.state().until;
        (until > now.0 && until <= now.plus_millis(LONGEST_WAIT_MS).0).then_some(UtcMillis(until))
    }

    /// The backend could not serve. Gives the time of the next try and whether the state is new.
    pub(super) fn close(&self, why: &Retry, random: &dyn Random, now: UtcMillis) -> (UtcMillis, bool) {
        let mut state = self.state();
        let (network, wish) = match why {
            Retry::Later(wish) => (NetworkState::Weak, *wish),
            _ => (NetworkState::Offline, None),
        };
        let changed = state.network != network;
        state.network = network;
        state.failures = state.failures.saturating_add(1);
        let at = Backoff { random, now }.next(state.failures, wish);
        state.until = at.0;
        state.floor = now.plus_millis(wish.unwrap_or(0)).0;
        (at, changed)
    }

    /// The backend served. Says whether that is new.
    pub(super) fn served(&self) -> bool {
        let mut state = self.state();
        let changed = state.network != NetworkState::Online;
        *state = State { network: NetworkState::Online, until: 0, floor: 0, failures: 0 };
        changed
    }

    pub(super) fn open(&self) {
        let mut state = self.state();
        state.until = state.floor;
        state.failures = 0;
    }

    pub(super) fn open_if_offline(&self) {
        let mut state = self.state();
        if state.network == NetworkState::Offline {
            state.until = 0;
        }
    }
}
