//! The query `intake-queue`: a page of the intake office's reports, with how many there are.

use citizen_contract::fold::fold;
use citizen_contract::ids::{ReportId, UnitId};
use citizen_contract::problem::{Problem, ProblemCode};
use citizen_contract::query::{
    MAX_PAGE, QueueCounts, QueueCursor, QueueItem, QueuePage, QueueRequest, QueueView,
};
use citizen_contract::time::UtcMillis;

use crate::auth::Reader;
use crate::db::{DbError, Tx, Value};
use crate::ledger::ReportRow;
use crate::ledger::counts::{self, Queue};
use crate::ledger::row::select;
use crate::ledger::word::word;
use crate::params;

/// Overdue reports are counted up to here; whoever has more needs no exact figure.
const OVERDUE_COUNTED: i64 = 1_000;
/// Words beyond these do not narrow a search any more.
const SEARCH_WORDS: usize = 6;

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
    let limit = request.limit.clamp(1, MAX_PAGE);
    let (sql, values) = statement(office, request, now, limit);
    let mut rows = tx.query(&sql, &values, ReportRow::read)?;
    let more = rows.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = rows.last().filter(|_| more);
    let next = next.map(|row| QueueCursor { due_at: row.due_at, report_id: row.id });
    let counts = count(tx, office, now)?;
    Ok(Ok(QueuePage { items: rows.into_iter().map(item).collect(), next, counts, as_of: now }))
}

/// A condition of the statement under way, with its parameters.
struct Conditions {
    sql: String,
    values: Vec<Value>,
}

impl Conditions {
    /// Adds a condition; `?` in it stands for the value.
    fn and(&mut self, condition: &str, value: impl Into<Value>) {
        self.values.push(value.into());
        let place = format!("?{}", self.values.len());
        if self.values.len() > 1 {
            self.sql.push_str(" AND ");
        }
        self.sql.push_str(&condition.replace('?', &place));
    }
}

fn statement(office: &UnitId, request: &QueueRequest, now: UtcMillis, limit: u32) -> (String, Vec<Value>) {
    let mut where_ = Conditions { sql: String::new(), values: Vec::new() };
    where_.and("intake_unit = ?", office.as_str());
    where_.and("queue = ?", word(queue(request.view)));
    if request.view == QueueView::Overdue {
        where_.and("due_at < ?", now.0);
    }
    if let Some(unit) = &request.place_unit {
        where_.and("place_unit = ?", unit.as_str());
    }
    if let Some(category) = &request.category {
        where_.and("category = ?", category.as_str());
    }
    for term in fold(&request.search).split(' ').filter(|term| !term.is_empty()).take(SEARCH_WORDS) {
        where_.and("folded LIKE ? ESCAPE '!'", pattern(term));
    }
    let newest_first = request.view == QueueView::Done;
    let (beyond, direction) = if newest_first { ("<", "DESC") } else { (">", "ASC") };
    if let Some(after) = &request.after {
        // Spelled out, because both engines walk the index from `due_at` on for this shape.
        let bound = if newest_first { "due_at <= ?" } else { "due_at >= ?" };
        where_.and(bound, after.due_at.0);
        let due = where_.values.len();
        where_.and(&format!("(due_at, id) {beyond} (#{due}, ?)"), after.report_id.to_string());
    }
    where_.values.push(i64::from(limit).saturating_add(1).into());
    let last = where_.values.len();
    let conditions = where_.sql.replace('#', "?");
    let order = format!("{conditions} ORDER BY due_at {direction}, id {direction} LIMIT ?{last}");
    (select(&order), where_.values)
}

/// `%` and `_` stand for themselves in what people type.
fn pattern(term: &str) -> String {
    let mut pattern = String::from("%");
    for letter in term.chars() {
        if matches!(letter, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

fn queue(view: QueueView) -> Queue {
    match view {
        QueueView::ToTakeIn | QueueView::Overdue => Queue::ToTakeIn,
        QueueView::AwaitingSender => Queue::AwaitingSender,
        QueueView::Handling => Queue::Handling,
        QueueView::Done => Queue::Done,
    }
}

fn count(tx: &mut Tx<'_>, office: &UnitId, now: UtcMillis) -> Result<QueueCounts, DbError> {
    let totals = counts::totals(tx, office)?;
    let of = |queue| totals.iter().find(|(of, _)| *of == queue).map_or(0, |(_, count)| *count);
    let overdue = tx.query_one(
        "SELECT COUNT(*) FROM (SELECT 1 FROM reports WHERE intake_unit = ?1 AND queue = ?2 AND due_at < ?3 \
         LIMIT ?4) AS late",
        params![office.as_str(), word(Queue::ToTakeIn), now.0, OVERDUE_COUNTED],
        |row| row.int(0),
    )?;
    Ok(QueueCounts {
        to_take_in: of(Queue::ToTakeIn),
        overdue: u64::try_from(overdue).unwrap_or(0),
        awaiting_sender: of(Queue::AwaitingSender),
        handling: of(Queue::Handling),
    })
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
