//! A view of the queue as a condition on reports.

use citizen_contract::ids::UnitId;
use citizen_contract::query::{QueueCursor, QueueRequest, QueueView};
use citizen_contract::time::UtcMillis;

use crate::db::Value;
use crate::ledger::counts::Queue;
use crate::ledger::word::word;

/// A condition of the statement under way, with its parameters.
pub(super) struct Conditions {
    pub(super) sql: String,
    pub(super) values: Vec<Value>,
}

impl Conditions {
    /// The reports of a view behind a place in it; [`Conditions::rest`] completes it.
    pub(super) fn of(
        office: &UnitId,
        request: &QueueRequest,
        after: Option<&QueueCursor>,
        now: UtcMillis,
    ) -> Self {
        let mut all = Self { sql: String::new(), values: Vec::new() };
        all.and("intake_unit = ?", office.as_str());
        all.and("queue = ?", word(queue(request.view)));
        if request.view == QueueView::Overdue {
            all.and("due_at < ?", now.0);
        }
        if let Some(unit) = &request.place_unit {
            all.and("place_unit = ?", unit.as_str());
        }
        if let Some(category) = &request.category {
            all.and("category = ?", category.as_str());
        }
        if let Some(after) = after {
            let newest_first = newest_first(request.view);
            let beyond = if newest_first { "<" } else { ">" };
            // Spelled out, because both engines walk the index from `due_at` on for this shape.
            all.and(if newest_first { "due_at <= ?" } else { "due_at >= ?" }, after.due_at.0);
            let due = all.values.len();
            all.and(&format!("(due_at, id) {beyond} (#{due}, ?)"), after.report_id.to_string());
            all.sql = all.sql.replace('#', "?");
        }
        all
    }

    /// Adds a condition; `?` in it stands for the value.
    fn and(&mut self, condition: &str, value: impl Into<Value>) {
        self.values.push(value.into());
        let place = format!("?{}", self.values.len());
        if self.values.len() > 1 {
            self.sql.push_str(" AND ");
        }
        self.sql.push_str(&condition.replace('?', &place));
    }

    /// The condition in the view's order, at most `limit` rows, with its parameters.
    pub(super) fn rest(mut self, view: QueueView, limit: i64) -> (String, Vec<Value>) {
        self.values.push(limit.into());
        let (last, way) = (self.values.len(), if newest_first(view) { "DESC" } else { "ASC" });
        (format!("{} ORDER BY due_at {way}, id {way} LIMIT ?{last}", self.sql), self.values)
    }
}

/// Whether a view shows the newest first.
pub(super) fn newest_first(view: QueueView) -> bool {
    view == QueueView::Done
}

/// The queue that a view looks into.
pub(super) fn queue(view: QueueView) -> Queue {
    match view {
        QueueView::ToTakeIn | QueueView::Overdue => Queue::ToTakeIn,
        QueueView::AwaitingSender => Queue::AwaitingSender,
        QueueView::Handling => Queue::Handling,
        QueueView::Done => Queue::Done,
    }
}
