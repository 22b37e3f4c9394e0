//! The query `report`: one report for one reader.

use citizen_contract::documents::ReportDocument;
use citizen_contract::problem::{Problem, ProblemCode};
use citizen_contract::query::ReportRequest;

use super::render::render;
use crate::auth::Reader;
use crate::db::{DbError, Tx};

/// The report as this reader may see it. A foreign one answers like a missing one, at the same cost
/// but for the rendering.
///
/// # Errors
/// `not-found` inside, [`DbError`] outside.
pub fn report(
    tx: &mut Tx<'_>,
    reader: &Reader,
    request: &ReportRequest,
) -> Result<Result<ReportDocument, Problem>, DbError> {
    let found = render(tx, reader, &[request.report_id])?.remove(&request.report_id);
    Ok(found.ok_or_else(|| Problem::new(ProblemCode::NotFound)))
}
