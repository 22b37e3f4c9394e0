//! What the proxy saw: counters for the network switch, and one line a request.

use std::sync::{Mutex, PoisonError};

use tokio::sync::watch;

/// What was counted since the proxy started.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counters {
    /// Connections taken while the network was on.
    pub connections: u64,
    /// Connections refused while it was off.
    pub refused: u64,
    /// Requests whose head was read.
    pub requests: u64,
    /// Bytes that the backend was given.
    pub up: u64,
    /// Bytes that clients were given.
    pub down: u64,
}

/// One request and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// Its method.
    pub method: String,
    /// Its path.
    pub path: String,
    /// Bytes of it that the backend was given, head included.
    pub up: usize,
    /// Bytes of the answer that the client was given, head included.
    pub down: usize,
    /// Whether the client was given all of the backend's own answer.
    pub whole: bool,
}

#[derive(Default)]
pub(super) struct Record {
    counters: watch::Sender<Counters>,
    exchanges: Mutex<Vec<Exchange>>,
}

impl Record {
    pub(super) fn connected(&self) {
        self.counters.send_modify(|counters| counters.connections += 1);
    }

    pub(super) fn refused(&self) {
        self.counters.send_modify(|counters| counters.refused += 1);
    }

    /// Opens a line; the number is its place.
    pub(super) fn begin(&self, method: &str, path: &str) -> usize {
        let mut exchanges = self.lock();
        exchanges.push(Exchange { method: method.into(), path: path.into(), up: 0, down: 0, whole: false });
        let at = exchanges.len() - 1;
        drop(exchanges);
        self.counters.send_modify(|counters| counters.requests += 1);
        at
    }

    pub(super) fn up(&self, at: usize, bytes: usize) {
        if let Some(exchange) = self.lock().get_mut(at) {
            exchange.up += bytes;
        }
        self.counters.send_modify(|counters| counters.up += bytes as u64);
    }

    pub(super) fn down(&self, at: usize, bytes: usize) {
        if let Some(exchange) = self.lock().get_mut(at) {
            exchange.down += bytes;
        }
        self.counters.send_modify(|counters| counters.down += bytes as u64);
    }

    pub(super) fn whole(&self, at: usize) {
        if let Some(exchange) = self.lock().get_mut(at) {
            exchange.whole = true;
        }
    }

    pub(super) fn counters(&self) -> Counters {
        *self.counters.borrow()
    }

    pub(super) fn exchanges(&self) -> Vec<Exchange> {
        self.lock().clone()
    }

    pub(super) async fn until(&self, enough: impl Fn(&Counters) -> bool) {
        let mut counters = self.counters.subscribe();
        // The sender lives as long as the record, so that waiting cannot fail.
        let _ = counters.wait_for(|counters| enough(counters)).await;
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Exchange>> {
        self.exchanges.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
