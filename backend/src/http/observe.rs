//! One log line and one count a request: id, route template, status, duration. Never a path as it
//! came, a header, a body or a token.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument as _;

use super::App;
use crate::clock::random_bytes;

/// Gives the request an id, which the answer carries too, and tells what became of it.
pub(super) async fn observe(State(app): State<App>, request: Request, next: Next) -> Response {
    let id = hex::encode(random_bytes::<8>(app.backend.random.as_ref()));
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str).to_owned();
    let span = tracing::info_span!("request", id = %id);
    // Durations are the machine's business, not the world's: the injected clock may stand still.
    let began = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let took = began.elapsed();
    let status = response.status().as_u16();
    let method = if method.as_str().len() > 10 { "other" } else { method.as_str() };
    app.metrics.answered(method, &route, status, took);
    span.in_scope(|| tracing::info!(method, route, status, micros = took.as_micros(), "answered"));
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", id);
    }
    response
}
