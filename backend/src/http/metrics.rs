//! What the operator measures, in the text form that Prometheus reads. Labels are route templates
//! and statuses, never anything of a person.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Answered {
    method: String,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Judged {
    outcome: &'static str,
}

/// The counters of one process.
pub struct Metrics {
    registry: Registry,
    answered: Family<Answered, Counter>,
    seconds: Histogram,
    commands: Family<Judged, Counter>,
    listeners: Gauge,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("citizen");
        let answered = Family::default();
        let seconds = Histogram::new([0.001, 0.005, 0.02, 0.1, 0.5, 2.0, 10.0, 60.0]);
        let commands = Family::default();
        let listeners = Gauge::default();
        registry.register("http_requests", "Answered requests", answered.clone());
        registry.register("http_seconds", "Time until the answer began", seconds.clone());
        registry.register("commands", "Commands by what became of them", commands.clone());
        registry.register("nudge_listeners", "Open streams of nudges", listeners.clone());
        Self { registry, answered, seconds, commands, listeners }
    }
}

impl Metrics {
    pub(super) fn answered(&self, method: &str, route: &str, status: u16, took: Duration) {
        let labels = Answered { method: method.to_owned(), route: route.to_owned(), status };
        self.answered.get_or_create(&labels).inc();
        self.seconds.observe(took.as_secs_f64());
    }

    pub(super) fn judged(&self, outcome: &'static str) {
        self.commands.get_or_create(&Judged { outcome }).inc();
    }

    /// Counts one listener for as long as the guard lives.
    pub(super) fn listening(self: &Arc<Self>) -> Listening {
        self.listeners.inc();
        Listening(Arc::clone(self))
    }
}

/// One open stream of nudges.
pub(super) struct Listening(Arc<Metrics>);

impl Drop for Listening {
    fn drop(&mut self) {
        self.0.listeners.dec();
    }
}

/// The routes of the operator's own port.
pub fn metrics_router(metrics: Arc<Metrics>) -> Router {
    Router::new().route("/metrics", get(show)).with_state(metrics)
}

async fn show(State(metrics): State<Arc<Metrics>>) -> impl IntoResponse {
    let mut text = String::new();
    match encode(&mut text, &metrics.registry) {
        Ok(()) => {
            let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
            ([(header::CONTENT_TYPE, kind)], text).into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
