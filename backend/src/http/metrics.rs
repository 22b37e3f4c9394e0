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

use crate::identity::{CodeError, Scope};

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
    codes: Family<Judged, Counter>,
    codes_today: Gauge,
    codes_per_day: Gauge,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("citizen");
        let answered = Family::default();
        let seconds = Histogram::new([0.001, 0.005, 0.02, 0.1, 0.5, 2.0, 10.0, 60.0]);
        let commands = Family::default();
        let listeners = Gauge::default();
        let codes = Family::default();
        let (codes_today, codes_per_day) = (Gauge::default(), Gauge::default());
        registry.register("codes", "Codes to phones by what became of them", codes.clone());
        registry.register(
            "codes_today",
            "Codes counted by the breaker when the last one was sent",
            codes_today.clone(),
        );
        registry.register("codes_per_day", "Codes at which the breaker opens", codes_per_day.clone());
        registry.register("http_requests", "Answered requests", answered.clone());
        registry.register("http_seconds", "Time until the answer began", seconds.clone());
        registry.register("commands", "Commands by what became of them", commands.clone());
        registry.register("nudge_listeners", "Open streams of nudges", listeners.clone());
        Self { registry, answered, seconds, commands, listeners, codes, codes_today, codes_per_day }
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

    /// Says at how many codes the breaker opens.
    pub(crate) fn breaker(&self, per_day: u32) {
        self.codes_per_day.set(per_day.into());
    }

    pub(super) fn code_sent(&self, today: u32) {
        self.codes.get_or_create(&Judged { outcome: "sent" }).inc();
        self.codes_today.set(today.into());
    }

    pub(super) fn code_not_sent(&self, error: &CodeError) {
        let outcome = match error {
            CodeError::TooOften { scope: Scope::Phone, .. } => "phone_limit",
            CodeError::TooOften { scope: Scope::Device, .. } => "device_limit",
            CodeError::TooOften { scope: Scope::Network, .. } => "network_limit",
            CodeError::Paused { .. } => "breaker_open",
            CodeError::Undelivered(_) => "undelivered",
            CodeError::Sealing | CodeError::Db(_) => "failed",
        };
        self.codes.get_or_create(&Judged { outcome }).inc();
    }

    pub(super) fn code_answered(&self, well: bool) {
        let outcome = if well { "answered" } else { "answered_wrongly" };
        self.codes.get_or_create(&Judged { outcome }).inc();
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
