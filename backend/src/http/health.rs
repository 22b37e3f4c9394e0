//! `/healthz` and `/readyz`: for whoever starts and watches the process.

use axum::extract::State;
use citizen_contract::problem::ProblemCode;

use super::App;
use super::refusal::Refusal;
use crate::db::{DbError, WriteError};
use crate::params;

/// The process runs.
pub(super) async fn alive() -> &'static str {
    "ok\n"
}

/// It can serve: the database answers, and it is not stopping.
pub(super) async fn ready(State(app): State<App>) -> Result<&'static str, Refusal> {
    if *app.stopping.borrow() {
        return Err(ProblemCode::Unavailable.into());
    }
    app.backend
        .db
        .read(|tx| tx.query_one("SELECT 1", params![], |_| Ok(())))
        .await
        .map_err(WriteError::<DbError>::flatten)
        .map_err(|_| Refusal::from(ProblemCode::Unavailable))?;
    Ok("ready\n")
}
