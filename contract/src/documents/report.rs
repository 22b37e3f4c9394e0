//! A report as one reader may see it. Fields that the reader may not see are absent.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::{Place, Rating, Urgency};
use crate::ids::{AttachmentId, ReportId, UnitId};
use crate::report_state::{Act, ReportState};
use crate::time::UtcMillis;

/// A report, rendered for one reader at read time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct ReportDocument {
    /// The report.
    pub id: ReportId,
    /// Its number, such as `TN-004198`.
    pub number: String,
    /// The count of acts so far; what `expected_revision` compares with.
    #[ts(type = "number")]
    pub revision: u64,
    /// Where it stands.
    pub state: ReportState,
    /// The category's code, as corrected.
    pub category: String,
    /// How fast it must be handled.
    pub urgency: Urgency,
    /// The first words, at most 80 characters; empty once erased.
    pub title: String,
    /// The sender's words; empty once erased.
    pub words: String,
    /// Where it is about.
    pub place: Place,
    /// Whether others may see it.
    pub public: bool,
    /// Whether this reader sent it.
    pub mine: bool,
    /// Who sent it, for the intake office only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub sender: Option<SenderView>,
    /// When the backend received it.
    pub submitted_at: UtcMillis,
    /// By when the office takes it in.
    pub take_in_by: UtcMillis,
    /// By when the unit answers; absent until it has been passed on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub answer_by: Option<UtcMillis>,
    /// Since when the clock stands still for the sender.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub paused_since: Option<UtcMillis>,
    /// The unit that has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub handling_unit: Option<UnitId>,
    /// Photos of the sender and of the answer.
    pub photos: Vec<PhotoView>,
    /// The open or last question to the sender.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub question: Option<QuestionView>,
    /// The published answer; for officials also one that waits for approval.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub answer: Option<AnswerView>,
    /// The last rating.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub rating: Option<RatingView>,
    /// Why it was not taken in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub refusal: Option<RefusalView>,
    /// Internal notes, for officials only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<NoteView>,
    /// What happened, oldest first. Notes are not in it.
    pub timeline: Vec<TimelineEntry>,
    /// What this reader may do now.
    pub acts: Vec<Act>,
}

/// Who sent a report, as the intake office sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct SenderView {
    /// The full name.
    pub name: String,
    /// The citizen-ID number with all but a few digits hidden.
    pub masked_number: String,
}

/// One attachment of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct PhotoView {
    /// The attachment.
    pub id: AttachmentId,
    /// What it shows.
    pub role: PhotoRole,
    /// Whether its bytes have arrived.
    pub state: PhotoState,
    /// When it was taken, if told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub captured_at: Option<UtcMillis>,
}

/// What a photo shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum PhotoRole {
    /// What the sender saw.
    Before,
    /// What the unit did.
    After,
}

/// Whether a photo's bytes have arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum PhotoState {
    /// Announced; the bytes are still on the way.
    Awaited,
    /// Complete and checked.
    Received,
    /// The bytes are complete but no picture.
    Unreadable,
}

/// A question of the office to the sender.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct QuestionView {
    /// The question.
    pub words: String,
    /// When it was asked.
    pub asked_at: UtcMillis,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct AnswerView {
    /// The unit that answers.
    pub unit_id: UnitId,
    /// The answer.
    pub words: String,
    /// Who approved it; absent while it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub signed_by: Option<String>,
    /// When it was published; absent while it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub published_at: Option<UtcMillis>,
}

/// A rating.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct RatingView {
    /// The verdict.
    pub rating: Rating,
    /// Why, perhaps empty.
    pub words: String,
    /// When.
    pub rated_at: UtcMillis,
}

/// Why a report was not taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct RefusalView {
    /// The reason's code.
    pub reason: String,
    /// What the sender reads.
    pub words: String,
    /// When.
    pub refused_at: UtcMillis,
}

/// An internal note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct NoteView {
    /// Who wrote it.
    pub author: String,
    /// The note.
    pub words: String,
    /// When.
    pub written_at: UtcMillis,
}

/// One step of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct TimelineEntry {
    /// The revision that the step made.
    #[ts(type = "number")]
    pub revision: u64,
    /// What happened.
    pub act: Act,
    /// When the backend recorded it.
    pub at: UtcMillis,
    /// The unit that acted; absent for the sender.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub unit_id: Option<UnitId>,
    /// The unit that it was passed to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub to_unit: Option<UnitId>,
    /// The official who acted, for officials only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub by: Option<String>,
}
