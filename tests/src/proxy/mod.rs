//! A network of one's own: a TCP proxy on loopback that can be switched off, cut and lied through.
//!
//! Each request travels on its own pair of connections, so that the proxy knows what it carries and
//! a fault can be aimed at one request: `proxy.next(Match::post("/v1/commands"), Fault::LoseAnswer)`.
//! Nothing in it waits for time: a fault happens at a byte or at a request, never after a while.

mod answer;
mod carry;
mod door;
mod fault;
mod head;
mod record;

#[cfg(test)]
mod tests;

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::sync::{mpsc, oneshot, watch};

pub use answer::Answer;
pub use fault::{Fault, Match};
pub use record::{Counters, Exchange};

use fault::Faults;
use record::Record;

/// What the network does with a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Network {
    /// Carries it.
    On,
    /// Takes it and resets it at once; such attempts are counted.
    Off,
    /// Nobody listens: the operating system itself refuses.
    Unplugged,
}

/// A running proxy. Dropping it ends it. It needs a tokio runtime with I/O.
pub struct Proxy {
    address: SocketAddr,
    shared: Arc<Shared>,
    orders: mpsc::UnboundedSender<(Network, oneshot::Sender<()>)>,
}

/// What all connections share.
struct Shared {
    upstream: watch::Sender<SocketAddr>,
    network: watch::Sender<Network>,
    faults: Faults,
    record: Record,
}

impl Proxy {
    /// Starts a proxy on a free loopback port that carries to `upstream`.
    ///
    /// # Errors
    /// When the operating system gives no port.
    pub async fn start(upstream: SocketAddr) -> std::io::Result<Self> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            upstream: watch::Sender::new(upstream),
            network: watch::Sender::new(Network::On),
            faults: Faults::default(),
            record: Record::default(),
        });
        let (orders, received) = mpsc::unbounded_channel();
        tokio::spawn(door::keep(listener, address, Arc::clone(&shared), received));
        Ok(Self { address, shared, orders })
    }

    /// Where clients reach the backend through this proxy, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Switches the network. When this returns, the new state holds for connections old and new.
    pub async fn switch(&self, network: Network) {
        let (done, wait) = oneshot::channel();
        if self.orders.send((network, done)).is_ok() {
            let _ = wait.await;
        }
    }

    /// Switches the network off: every attempt is counted and reset.
    pub async fn go_offline(&self) {
        self.switch(Network::Off).await;
    }

    /// Switches the network on again.
    pub async fn go_online(&self) {
        self.switch(Network::On).await;
    }

    /// Carries to another address from now on: the backend was restarted elsewhere.
    pub fn carry_to(&self, upstream: SocketAddr) {
        self.shared.upstream.send_replace(upstream);
    }

    /// The next request that matches meets `fault`; several such orders are served in their order.
    pub fn next(&self, of: Match, fault: Fault) {
        self.shared.faults.add(of, fault, Some(1));
    }

    /// Every request that matches meets `fault`, until [`Proxy::heal`].
    pub fn always(&self, of: Match, fault: Fault) {
        self.shared.faults.add(of, fault, None);
    }

    /// Takes back all faults that were ordered. The network's state stays.
    pub fn heal(&self) {
        self.shared.faults.clear();
    }

    /// What was counted so far.
    #[must_use]
    pub fn counters(&self) -> Counters {
        self.shared.record.counters()
    }

    /// The requests so far that came through whole or in part, oldest first.
    #[must_use]
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.shared.record.exchanges()
    }

    /// Waits until `enough` holds for the counters; they are looked at after each change.
    pub async fn until(&self, enough: impl Fn(&Counters) -> bool) {
        self.shared.record.until(enough).await;
    }
}
