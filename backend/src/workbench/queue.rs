//! The query `intake-queue`: a page of the intake office's reports, with how many there are.

use citizen_contract::ids::{ReportId, UnitId};
use citizen_contract::problem::{Problem, ProblemCode};
use citizen_contract::query::{MAX_PAGE, QueueCounts, QueueCursor, QueueItem, QueuePage, QueueRequest};
use citizen_contract::time::UtcMillis;

use super::find::{Found, Search};
use super::view::Conditions;
use crate::auth::Reader;
use crate::db::{DbError, Tx};
use crate::ledger::ReportRow;
use crate::ledger::counts::{self, Queue};
use crate::ledger::row::select;
use crate::ledger::word::word;
use crate::params;
use crate::search::Terms;

/// Up to here overdue reports are counted one by one.
const A_FEW: u32 = 1_000;

const A_FEW_LATE: &str = "SELECT COUNT(*) FROM (SELECT 1 FROM reports WHERE intake_unit = ?1 AND queue = ?2 \
     AND due_at < ?3 LIMIT ?4) AS late";
const IN_TIME: &str = "SELECT COUNT(*) FROM reports WHERE intake_unit = ?1 AND queue = ?2 AND due_at >= ?3";

/// A page. The search looks at one view at a time and reads on until the page is full.
///
/// # Errors
/// `forbidden` inside for whoever takes no reports in, [`DbError`] outside.
pub fn page(
    tx: &mut Tx<'_>,
    reader: &Reader,
    request: &QueueRequest,
    now: UtcMillis,
) -> Result<Result<QueuePage, Problem>, DbError> {
    let Some(office) = reader.intake_units().next() else {
        return Ok(Err(Problem::new(ProblemCode::Forbidden)));
    };
    if request.search.contains('\0') {
        return Ok(Err(Problem::new(ProblemCode::Invalid).at("/search")));
    }
    let limit = usize::try_from(request.limit.clamp(1, MAX_PAGE)).unwrap_or(1);
    let terms = Terms::read(&request.search);
    let look = Search { office, request, terms: &terms, now, limit };
    let (rows, next) = if terms.is_empty() { walk(tx, &look)? } else { look.run(tx)? };
    let counts = count(tx, office, now)?;
    Ok(Ok(QueuePage { items: rows.into_iter().map(item).collect(), next, counts, as_of: now }))
}

fn walk(tx: &mut Tx<'_>, look: &Search<'_>) -> Result<Found, DbError> {
    let Search { office, request, now, limit, .. } = look;
    let conditions = Conditions::of(office, request, request.after.as_ref(), *now);
    let most = i64::try_from(*limit).unwrap_or(i64::MAX).saturating_add(1);
    let (rest, values) = conditions.rest(request.view, most);
    let mut rows = tx.query(&select(&rest), &values, ReportRow::read)?;
    let more = rows.len() > *limit;
    rows.truncate(*limit);
    let next = rows.last().filter(|_| more);
    let next = next.map(|row| QueueCursor { due_at: row.due_at, report_id: row.id });
    Ok((rows, next))
}

fn count(tx: &mut Tx<'_>, office: &UnitId, now: UtcMillis) -> Result<QueueCounts, DbError> {
    let totals = counts::totals(tx, office)?;
    let of = |queue| totals.iter().find(|(of, _)| *of == queue).map_or(0, |(_, count)| *count);
    let overdue = overdue(tx, office, of(Queue::ToTakeIn), now)?;
    Ok(QueueCounts {
        to_take_in: of(Queue::ToTakeIn),
        overdue,
        awaiting_sender: of(Queue::AwaitingSender),
        handling: of(Queue::Handling),
    })
}

/// How many are past due. A few are counted; of many, those that are not past due yet: only the last
/// days have such, whatever the backlog, so that neither count grows with it.
fn overdue(tx: &mut Tx<'_>, office: &UnitId, all: u64, now: UtcMillis) -> Result<u64, DbError> {
    let queue = word(Queue::ToTakeIn);
    let late =
        tx.query_one(A_FEW_LATE, params![office.as_str(), queue.as_str(), now.0, A_FEW], |row| row.int(0))?;
    if late < i64::from(A_FEW) {
        return Ok(u64::try_from(late).unwrap_or(0));
    }
    // Both are read from one unchanging view of the data, so that they belong together.
    let in_time = tx.query_one(IN_TIME, params![office.as_str(), queue, now.0], |row| row.int(0))?;
    Ok(all.saturating_sub(u64::try_from(in_time).unwrap_or(0)))
}

fn item(row: ReportRow) -> QueueItem {
    let report_id: ReportId = row.id;
    QueueItem {
        report_id,
        number: row.number,
        title: row.title,
        category: row.category,
        urgency: row.urgency,
        state: row.state,
        place_unit: row.place_unit,
        handling_unit: row.handling_unit,
        submitted_at: row.submitted_at,
        due_at: row.due_at,
        photos_received: row.photos_received,
        photos_declared: row.photos_declared,
    }
}
