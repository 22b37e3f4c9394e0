//! Queries: online reads of officials' large lists. Nobody needs one in order to act.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::Urgency;
use crate::documents::ReportDocument;
use crate::ids::{ReportId, UnitId};
use crate::report_state::ReportState;
use crate::time::UtcMillis;

/// The most rows of one page.
pub const MAX_PAGE: u32 = 100;

/// The body of `POST /v1/queries/intake-queue`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct QueueRequest {
    /// Which reports.
    pub view: QueueView,
    /// Only reports about this commune.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub place_unit: Option<UnitId>,
    /// Only reports of this category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub category: Option<String>,
    /// Words or a number to look for, with or without diacritics; empty for all.
    #[serde(default)]
    pub search: String,
    /// Where the page before ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub after: Option<QueueCursor>,
    /// The most rows; at most [`MAX_PAGE`].
    pub limit: u32,
}

/// A view of the intake office's queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum QueueView {
    /// To be taken in, by due time.
    ToTakeIn,
    /// To be taken in and past due.
    Overdue,
    /// Waiting for the sender.
    AwaitingSender,
    /// With a unit.
    Handling,
    /// Done or refused, newest first.
    Done,
}

/// Where a page ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct QueueCursor {
    /// The last row's due time.
    pub due_at: UtcMillis,
    /// The last row.
    pub report_id: ReportId,
}

/// A page of the queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct QueuePage {
    /// The rows, the most urgent first.
    pub items: Vec<QueueItem>,
    /// Where the next page starts; absent on the last page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub next: Option<QueueCursor>,
    /// How many reports each view has, whatever the filters.
    pub counts: QueueCounts,
    /// When the backend looked.
    pub as_of: UtcMillis,
}

/// How many reports each view has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct QueueCounts {
    /// To be taken in, overdue ones included.
    #[ts(type = "number")]
    pub to_take_in: u64,
    /// Overdue.
    #[ts(type = "number")]
    pub overdue: u64,
    /// Waiting for the sender.
    #[ts(type = "number")]
    pub awaiting_sender: u64,
    /// With a unit.
    #[ts(type = "number")]
    pub handling: u64,
}

/// A row of the queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct QueueItem {
    /// The report.
    pub report_id: ReportId,
    /// Its number.
    pub number: String,
    /// Its first words.
    pub title: String,
    /// The category's code.
    pub category: String,
    /// How fast.
    pub urgency: Urgency,
    /// Where it stands.
    pub state: ReportState,
    /// The commune it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub place_unit: Option<UnitId>,
    /// The unit that has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub handling_unit: Option<UnitId>,
    /// When it came.
    pub submitted_at: UtcMillis,
    /// What must happen next must happen by then.
    pub due_at: UtcMillis,
    /// Photos whose bytes have arrived.
    pub photos_received: u32,
    /// Photos announced.
    pub photos_declared: u32,
}

/// The body of `POST /v1/queries/report`; the answer is a [`ReportDocument`] for this reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct ReportRequest {
    /// The report.
    pub report_id: ReportId,
}

/// The answer of `POST /v1/queries/report`.
pub type ReportAnswer = ReportDocument;
