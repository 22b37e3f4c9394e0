//! What the desk's screens hand in and are handed.

use citizen_contract::ids::UnitId;
use citizen_contract::time::UtcMillis;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::shown::{NetworkView, ReportRow};

/// Which reports of the intake queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "views/")]
#[serde(rename_all = "snake_case")]
pub enum QueueTab {
    /// To be taken in.
    ToDo,
    /// Past due.
    Overdue,
    /// Waiting for the sender.
    AwaitingCitizen,
}

/// A filter of the intake queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "views/")]
pub struct QueueFilter {
    /// Which reports.
    pub view: QueueTab,
    /// Only about this commune.
    #[serde(default)]
    pub unit_id: Option<UnitId>,
    /// Only of this category.
    #[serde(default)]
    pub category_id: Option<String>,
    /// Words or a number.
    #[serde(default)]
    pub words: String,
}

/// How many reports each view has.
#[derive(Debug, Clone, Copy, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct QueueCountsView {
    /// To be taken in.
    pub to_do: u64,
    /// Past due.
    pub overdue: u64,
    /// Waiting for the sender.
    pub awaiting_citizen: u64,
}

/// A page of the intake queue.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct QueuePageView {
    /// Now.
    pub now: UtcMillis,
    /// The network.
    pub network: NetworkView,
    /// The rows.
    pub rows: Vec<ReportRow>,
    /// Hand back to get the rows after these; null at the end.
    pub next: Option<String>,
    /// Counts of the views.
    pub counts: QueueCountsView,
    /// Set when this page is an old one kept on the device.
    pub cached_at: Option<UtcMillis>,
}

/// Which part of a unit's work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "views/")]
#[serde(rename_all = "snake_case")]
pub enum WorkTab {
    /// To be handled.
    Work,
    /// Answers to approve.
    Approval,
}

/// A filter of a unit's work.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export, export_to = "views/")]
pub struct WorkFilter {
    /// Which part.
    pub view: WorkTab,
    /// Words or a number.
    #[serde(default)]
    pub words: String,
}

/// A unit's work.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct WorkView {
    /// Now.
    pub now: UtcMillis,
    /// The network.
    pub network: NetworkView,
    /// The rows, the most pressing first.
    pub rows: Vec<ReportRow>,
}
