//! A running backend: its ports, and how it stops.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::serve::ListenerExt as _;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

use crate::chores;
use crate::config::Config;
use crate::http::{App, Metrics, metrics_router, router};
use crate::open::{Opened, StartError, open};

/// How long requests on their way get when the backend stops.
const DRAIN: Duration = Duration::from_secs(10);

/// How many copies of somebody's data are made at a time.
const EXPORTS: usize = 4;

/// A backend that serves. Dropping it ends it without draining; call [`Running::shutdown`].
pub struct Running {
    /// The public port.
    pub addr: SocketAddr,
    /// The operator's port.
    pub metrics_addr: Option<SocketAddr>,
    /// What serves.
    pub opened: Opened,
    stop: watch::Sender<bool>,
    tasks: JoinSet<()>,
}

/// Opens a backend and its ports.
///
/// # Errors
/// [`StartError`]
pub async fn serve(config: Config) -> Result<Running, StartError> {
    let opened = open(&config).await?;
    let (stop, stopping) = watch::channel(false);
    let metrics = Arc::new(Metrics::default());
    metrics.breaker(config.codes_per_day);
    let mut tasks = JoinSet::new();
    let metrics_addr = match config.metrics_listen {
        None => None,
        Some(addr) => Some(bind(&mut tasks, addr, metrics_router(metrics.clone()), &stopping).await?),
    };
    let app = App { proxies: config.proxies.into(), ..app(&opened, metrics, stopping.clone()) };
    let addr = bind(&mut tasks, config.listen, router(app), &stopping).await?;
    tasks.spawn(chores::keep_doing(opened.clone(), stopping));
    Ok(Running { addr, metrics_addr, opened, stop, tasks })
}

/// What the routes share, for a router in the same process that needs no port.
#[must_use]
pub fn app(opened: &Opened, metrics: Arc<Metrics>, stopping: watch::Receiver<bool>) -> App {
    App {
        backend: opened.backend.clone(),
        identity: opened.identity.clone(),
        files: opened.files.clone(),
        metrics,
        proxies: Arc::new([]),
        exports: Arc::new(Semaphore::new(EXPORTS)),
        stopping,
    }
}

impl Running {
    /// Takes no more requests, gives those on their way ten seconds, and ends.
    pub async fn shutdown(mut self) {
        // Nobody listening any more is what is wanted.
        let _ = self.stop.send(true);
        let drained = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(DRAIN, drained).await.is_err() {
            tracing::warn!("requests were cut off at the end");
        }
    }
}

async fn bind(
    tasks: &mut JoinSet<()>,
    addr: SocketAddr,
    router: Router,
    stopping: &watch::Receiver<bool>,
) -> Result<SocketAddr, StartError> {
    let failed = |error| StartError::Io { what: format!("the port {addr}"), error };
    let listener = TcpListener::bind(addr).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    let mut stopping = stopping.clone();
    tasks.spawn(async move {
        let listener = listener.tap_io(|stream| {
            // Without it small answers may wait for an acknowledgement.
            let _ = stream.set_nodelay(true);
        });
        let stopped = async move {
            let _ = stopping.wait_for(|stopping| *stopping).await;
        };
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        if let Err(error) = axum::serve(listener, service).with_graceful_shutdown(stopped).await {
            tracing::error!(%error, "a port failed");
        }
    });
    Ok(bound)
}
