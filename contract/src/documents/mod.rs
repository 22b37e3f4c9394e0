//! Documents: everything the app keeps, coming down through feeds.

mod catalogue;
mod report;

pub use catalogue::{
    AnswerTemplate, Catalogue, Category, ConsentPurpose, LocalisedText, Locality, NationalIdEntry,
    RefusalReason, UnitEntry, UnitKind,
};
pub use report::{
    AnswerView, NoteView, PhotoRole, PhotoState, PhotoView, QuestionView, RatingView, RefusalView,
    ReportDocument, SenderView, TimelineEntry,
};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::devices::Device;
use crate::my_data::AccountDocument;

/// A document as it crosses the wire: its kind and its body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(tag = "doc_kind", content = "body", rename_all = "snake_case")]
pub enum Document {
    /// What a locality decides; id `catalogue`.
    Catalogue(Box<Catalogue>),
    /// A report as this reader may see it; id is the report's.
    Report(Box<ReportDocument>),
    /// A device of the reader's account; id is the device's.
    Device(Device),
    /// The reader's own account; id is the account's.
    Account(Box<AccountDocument>),
}

impl Document {
    /// The kind as it stands in feeds and caches.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Catalogue(_) => "catalogue",
            Self::Report(_) => "report",
            Self::Device(_) => "device",
            Self::Account(_) => "account",
        }
    }
}
