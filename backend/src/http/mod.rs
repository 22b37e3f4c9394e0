//! The router: where all slices and rooms are joined, and nothing is decided.
//!
//! A route reads its input strictly, asks one verb, and turns the verb's error into a problem
//! document. To add a route: write it beside the others, add it to [`router`], and describe it in
//! `openapi`. Whatever axum itself answers (404, 405, 413, 415) leaves as a problem document too.

mod attachments;
mod bearer;
mod body;
mod commands;
mod devices;
mod files;
mod health;
mod keys;
mod metrics;
mod nudges;
mod observe;
mod openapi;
mod origin;
mod problems;
mod queries;
mod refusal;
mod sessions;
mod sync;
#[cfg(test)]
mod tests;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{delete, get, post};
use tokio::sync::watch;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

pub use metrics::{Metrics, metrics_router};
pub use refusal::Refusal;

use crate::files::Files;
use crate::identity::Identity;
use crate::state::Backend;

/// The longest body of an ordinary request in bytes.
const ORDINARY_BODY: usize = 256 * 1024;
/// The longest body of a batch of commands in bytes: escaping may double a command.
const BATCH_BODY: usize = 8 * 1024 * 1024;
/// How long an ordinary request may take.
const ORDINARY_TIME: Duration = Duration::from_secs(30);
/// How long a piece of an upload may take over a slow line.
const UPLOAD_TIME: Duration = Duration::from_secs(10 * 60);

/// What every route shares. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// Database, clock, chance, nudges.
    pub backend: Backend,
    /// Accounts and sessions.
    pub identity: Identity,
    /// Attachments.
    pub files: Files,
    /// What the operator measures.
    pub metrics: Arc<Metrics>,
    /// Proxies of our own, whose word about where a request came from is believed.
    pub proxies: Arc<[IpAddr]>,
    /// Turns true when the backend stops, so that endless answers end.
    pub stopping: watch::Receiver<bool>,
}

/// All routes of the public port.
pub fn router(app: App) -> Router {
    let upload = Router::new()
        .route("/v1/files/{command}/{attachment}", files::route())
        .layer(DefaultBodyLimit::max(crate::files::MAX_PATCH_BYTES))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, UPLOAD_TIME));
    let batch = Router::new()
        .route("/v1/commands", post(commands::accept))
        .layer(DefaultBodyLimit::max(BATCH_BODY))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, ORDINARY_TIME));
    let ordinary = Router::new()
        .route("/v1/sessions", post(sessions::sign_in))
        .route("/v1/sessions/refresh", post(sessions::refresh))
        .route("/v1/sessions/current", delete(sessions::sign_out))
        .route("/v1/sync", post(sync::answer))
        .route("/v1/queries/intake-queue", post(queries::intake_queue))
        .route("/v1/queries/report", post(queries::report))
        .route("/v1/queries/devices", post(devices::list))
        .route("/v1/devices/{device}", delete(devices::cut_off))
        .route("/v1/nudges", get(nudges::listen))
        .route("/v1/keys", get(keys::list))
        .route("/v1/attachments/{attachment}", get(attachments::serve))
        .route("/openapi.json", get(openapi::document))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .layer(DefaultBodyLimit::max(ORDINARY_BODY))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, ORDINARY_TIME));
    upload
        .merge(batch)
        .merge(ordinary)
        .layer(CatchPanicLayer::custom(problems::of_panic))
        .layer(from_fn(problems::only))
        .layer(from_fn_with_state(app.clone(), observe::observe))
        .with_state(app)
}
