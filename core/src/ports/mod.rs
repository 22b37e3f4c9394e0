//! What the core needs from the world around it, as traits that are passed in.
//!
//! A test passes a clock it moves by hand and a transport it can cut; the shell passes the real
//! ones. To add a need, add a trait here and its plain implementation beside it.

mod clock;
mod keys;
mod phase;
mod random;
mod transport;

use std::sync::Arc;

pub use clock::{Clock, HandClock, SystemClock};
pub use keys::{KeyStore, KeyStoreError, MemoryKeyStore, Secret};
pub use phase::{NoObserver, Phase, PhaseObserver};
pub use random::{Random, SeededRandom, SystemRandom};
pub use transport::{
    ByteAnswer, ByteStream, LineStream, Method, Request, Response, Transport, TransportError,
};

/// All ports together, cheap to clone.
#[derive(Clone)]
pub struct Ports {
    /// Tells the time and waits.
    pub clock: Arc<dyn Clock>,
    /// Gives random bytes fit for keys.
    pub random: Arc<dyn Random>,
    /// Keeps secrets of this device.
    pub keys: Arc<dyn KeyStore>,
    /// Reaches the backend.
    pub transport: Arc<dyn Transport>,
    /// Is told of each durable step.
    pub phases: Arc<dyn PhaseObserver>,
}
