//! The router: where all slices and rooms are joined, and nothing is decided.
//!
//! A route reads its input strictly, asks one verb, and turns the verb's error into a problem
//! document. To add a route: write it beside the others, add it to the lists below, describe it in
//! `openapi`, and say in `auth::roles` who may use it. Whatever axum itself answers (404, 405, 413,
//! 415) leaves as a problem document too.

mod attachments;
mod bearer;
mod body;
mod checks;
mod code_refusals;
mod commands;
mod contact;
mod contact_refusals;
mod data_requests;
mod devices;
mod files;
mod freeing;
mod health;
mod keys;
mod metrics;
mod my_data;
mod nudges;
mod observe;
mod openapi;
mod origin;
mod password_resets;
mod problems;
mod queries;
mod refusal;
mod registrations;
mod sessions;
mod staff;
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
use axum::routing::{MethodRouter, delete, get, post};
use tokio::sync::{Semaphore, watch};
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
    /// How many copies of somebody's data may be made at a time.
    pub exports: Arc<Semaphore>,
    /// Turns true when the backend stops, so that endless answers end.
    pub stopping: watch::Receiver<bool>,
}

/// A path and what answers there.
type Route = (&'static str, MethodRouter<App>);

/// All routes of the public port.
pub fn router(app: App) -> Router {
    let upload = joined(upload())
        .layer(DefaultBodyLimit::max(crate::files::MAX_PATCH_BYTES))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, UPLOAD_TIME));
    let batch = joined(batch())
        .layer(DefaultBodyLimit::max(BATCH_BODY))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, ORDINARY_TIME));
    let ordinary = joined(ordinary())
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

fn joined(routes: Vec<Route>) -> Router<App> {
    routes.into_iter().fold(Router::new(), |router, (path, methods)| router.route(path, methods))
}

fn upload() -> Vec<Route> {
    vec![("/v1/files/{command}/{attachment}", files::route())]
}

fn batch() -> Vec<Route> {
    vec![("/v1/commands", post(commands::accept))]
}

fn ordinary() -> Vec<Route> {
    vec![
        ("/v1/registrations", post(registrations::register)),
        ("/v1/registrations/{challenge}/finish", post(registrations::finish)),
        ("/v1/password-resets", post(password_resets::begin)),
        ("/v1/password-resets/{challenge}/finish", post(password_resets::finish)),
        ("/v1/challenges/{challenge}/resend", post(registrations::resend)),
        ("/v1/sessions", post(sessions::sign_in)),
        ("/v1/sessions/{challenge}/finish", post(sessions::finish)),
        ("/v1/sessions/refresh", post(sessions::refresh)),
        ("/v1/sessions/current", delete(sessions::sign_out)),
        ("/v1/sessions/current/active", post(staff::active)),
        ("/v1/password", post(staff::change_password)),
        ("/v1/second-factor", post(staff::begin_factor)),
        ("/v1/second-factor/confirm", post(staff::confirm_factor)),
        ("/v1/queries/staff", post(staff::list)),
        ("/v1/queries/audit", post(staff::audit)),
        ("/v1/staff", post(staff::add)),
        ("/v1/staff/{account}", post(staff::act)),
        ("/v1/staff-import", post(staff::import)),
        ("/v1/sync", post(sync::answer)),
        ("/v1/queries/intake-queue", post(queries::intake_queue)),
        ("/v1/queries/report", post(queries::report)),
        ("/v1/queries/devices", post(devices::list)),
        ("/v1/queries/contact", post(contact::show)),
        ("/v1/me/phone", post(contact::change_phone)),
        ("/v1/me/phone/{challenge}/finish", post(contact::finish_phone)),
        ("/v1/me/representative", post(contact::ask).delete(contact::withdraw)),
        ("/v1/me/representative/{challenge}/finish", post(contact::consent)),
        ("/v1/devices/{device}", delete(devices::cut_off)),
        ("/v1/card-checks/free", post(freeing::free)),
        ("/v1/my-data/home-unit", post(my_data::home_unit)),
        ("/v1/my-data/requests", post(my_data::ask)),
        ("/v1/my-data/requests/{request}", delete(my_data::take_back)),
        ("/v1/my-data/export", get(my_data::export)),
        ("/v1/queries/data-requests", post(data_requests::list)),
        ("/v1/data-requests/{request}/answer", post(data_requests::answer)),
        ("/v1/card-checks", post(checks::card)),
        ("/v1/identity-checks", post(checks::begin)),
        ("/v1/identity-checks/{check}/finish", post(checks::finish)),
        ("/v1/nudges", get(nudges::listen)),
        ("/v1/keys", get(keys::list)),
        ("/v1/attachments/{attachment}", get(attachments::serve)),
        ("/openapi.json", get(openapi::document)),
        ("/healthz", get(health::alive)),
        ("/readyz", get(health::ready)),
    ]
}

/// The paths of all routes.
#[cfg(test)]
fn paths() -> Vec<&'static str> {
    upload().into_iter().chain(batch()).chain(ordinary()).map(|(path, _)| path).collect()
}
