//! Searching a view of the queue.

use std::collections::BTreeMap;

use citizen_contract::ids::{ReportId, UnitId};
use citizen_contract::query::{QueueCursor, QueueRequest, QueueView};
use citizen_contract::time::UtcMillis;

use super::view::{Conditions, newest_first, queue};
use crate::db::{DbError, Row, Tx};
use crate::ledger::history::{list, places};
use crate::ledger::row::select;
use crate::ledger::word;
use crate::ledger::{ReportRow, counts::Queue};
use crate::search::{Candidates, Terms, candidates};

/// So many rows of a view are looked at in one statement.
const STEP: i64 = 500;
/// So many are looked at for one page; the next page goes on behind them.
const FURTHEST: usize = 10_000;
/// So many identifiers stand in one statement.
const LIST: usize = 64;

/// The rows of a page, and where the next one starts if there may be more.
pub(super) type Found = (Vec<ReportRow>, Option<QueueCursor>);

/// A search within a view.
pub(super) struct Search<'a> {
    pub(super) office: &'a UnitId,
    pub(super) request: &'a QueueRequest,
    pub(super) terms: &'a Terms,
    pub(super) now: UtcMillis,
    pub(super) limit: usize,
}

impl Search<'_> {
    /// The first rows that fit, in the order of the view.
    pub(super) fn run(&self, tx: &mut Tx<'_>) -> Result<Found, DbError> {
        match candidates(tx, self.terms)? {
            Candidates::These(ids) => self.among(tx, &ids),
            Candidates::Anywhere => self.along(tx),
        }
    }

    /// Looks at each of a few reports, wherever they are.
    fn among(&self, tx: &mut Tx<'_>, ids: &[ReportId]) -> Result<Found, DbError> {
        let mut fitting = Vec::new();
        for chunk in ids.chunks(LIST) {
            // Conditions on the view stay out of the statement: an engine that does not know how few
            // these are might walk through the view instead.
            let sql = format!(
                "SELECT id, due_at, folded, intake_unit, queue, place_unit, category FROM reports \
                 WHERE id IN ({})",
                places(chunk.len())
            );
            let seen = tx.query(&sql, &list(chunk), |row| Ok((cursor(row)?, self.fits(row)?)))?;
            fitting.extend(seen.into_iter().filter(|(_, fits)| *fits).map(|(at, _)| at));
        }
        fitting.sort_by_key(order);
        if newest_first(self.request.view) {
            fitting.reverse();
        }
        let more = fitting.len() > self.limit;
        fitting.truncate(self.limit);
        let next = fitting.last().cloned().filter(|_| more);
        Ok((rows(tx, &fitting)?, next))
    }

    fn fits(&self, row: &Row<'_>) -> Result<bool, DbError> {
        let (at, request) = (cursor(row)?, self.request);
        let beyond = request.after.as_ref().is_none_or(|after| {
            if newest_first(request.view) { order(&at) < order(after) } else { order(&at) > order(after) }
        });
        let (place, about) = (row.opt_text(5)?, row.text(6)?);
        let lies: Queue = word::read(row.text(4)?, 4)?;
        Ok(beyond
            && row.text(3)? == self.office.as_str()
            && lies == queue(request.view)
            && (request.view != QueueView::Overdue || at.due_at < self.now)
            && request.place_unit.as_ref().is_none_or(|unit| place.as_deref() == Some(unit.as_str()))
            && request.category.as_ref().is_none_or(|category| *category == about)
            && self.terms.fit(&row.text(2)?))
    }

    /// Walks through the view until the page is full.
    fn along(&self, tx: &mut Tx<'_>) -> Result<Found, DbError> {
        let (mut fitting, mut looked) = (Vec::new(), 0);
        let mut after = self.request.after.clone();
        loop {
            let conditions = Conditions::of(self.office, self.request, after.as_ref(), self.now);
            let (rest, values) = conditions.rest(self.request.view, STEP);
            let sql = format!("SELECT id, due_at, folded FROM reports WHERE {rest}");
            let step = tx.query(&sql, &values, |row| Ok((cursor(row)?, self.terms.fit(&row.text(2)?))))?;
            let over = i64::try_from(step.len()).unwrap_or(i64::MAX) < STEP;
            for (at, fits) in step {
                if fits && fitting.len() == self.limit {
                    let next = fitting.last().cloned();
                    return Ok((rows(tx, &fitting)?, next));
                }
                fitting.extend(fits.then(|| at.clone()));
                looked += 1;
                after = Some(at);
            }
            if over || looked >= FURTHEST {
                return Ok((rows(tx, &fitting)?, after.filter(|_| !over)));
            }
        }
    }
}

fn cursor(row: &Row<'_>) -> Result<QueueCursor, DbError> {
    Ok(QueueCursor { report_id: word::id(&row.text(0)?, 0)?, due_at: UtcMillis(row.int(1)?) })
}

/// The order of a view is that of the texts in the database.
fn order(at: &QueueCursor) -> (i64, String) {
    (at.due_at.0, at.report_id.to_string())
}

/// The rows in the order of the places.
fn rows(tx: &mut Tx<'_>, at: &[QueueCursor]) -> Result<Vec<ReportRow>, DbError> {
    let mut rows = BTreeMap::new();
    let ids: Vec<ReportId> = at.iter().map(|at| at.report_id).collect();
    for chunk in ids.chunks(LIST) {
        let sql = select(&format!("id IN ({})", places(chunk.len())));
        rows.extend(
            tx.query(&sql, &list(chunk), |row| Ok((ReportRow::read(row)?.id, ReportRow::read(row)?)))?,
        );
    }
    Ok(ids.iter().filter_map(|id| rows.remove(id)).collect())
}
