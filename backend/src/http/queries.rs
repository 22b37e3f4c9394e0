//! `POST /v1/queries/…`: online reads for officials. Posted, so that no word of a search stands in a URL.

use axum::Json;
use axum::extract::State;
use citizen_contract::query::{QueuePage, QueueRequest, ReportAnswer, ReportRequest};

use super::App;
use super::bearer::SignedIn;
use super::body::Wire;
use super::refusal::Refusal;
use crate::db::{DbError, WriteError};
use crate::{reports, workbench};

/// A page of the intake office's reports.
pub(super) async fn intake_queue(
    State(app): State<App>,
    who: SignedIn,
    Wire(request): Wire<QueueRequest>,
) -> Result<Json<QueuePage>, Refusal> {
    let now = app.backend.clock.now();
    let page = app
        .backend
        .db
        .read(move |tx| workbench::queue::page(tx, &who.reader, &request, now))
        .await
        .map_err(WriteError::<DbError>::flatten)?;
    Ok(Json(page?))
}

/// One report as this reader may see it.
pub(super) async fn report(
    State(app): State<App>,
    who: SignedIn,
    Wire(request): Wire<ReportRequest>,
) -> Result<Json<ReportAnswer>, Refusal> {
    let report = app
        .backend
        .db
        .read(move |tx| reports::read::report(tx, &who.reader, &request))
        .await
        .map_err(WriteError::<DbError>::flatten)?;
    Ok(Json(report?))
}
