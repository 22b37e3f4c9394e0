//! Reports (phản ánh): draft, submit, follow, add information, rate. The template for later slices:
//! one verb a file that turns what the person entered into a command body or says what is missing;
//! `view.rs` holds the shapes for screens; reading joins the document with the outbox's own items.

pub mod add_information;
mod codes;
mod detail;
mod form;
mod mine;
mod overlay;
pub mod rate;
mod search;
mod steps;
pub mod submit;
mod view;

pub use codes::{ActCode, DraftField, MissingField, ReportsTab, StepCode, StepPhase, SuggestionWhy};
pub use detail::{Reader, report_view};
pub use form::{DraftPatch, ReportForm};
pub use mine::{mine, tab_of, waiting_rows};
pub use search::search_text;
pub use view::{
    ActView, AnswerShown, ConflictView, DraftRow, DraftView, NoteShown, QuestionShown, RatingCode,
    RefusalShown, ReportView, ReportsView, ReturnedShown, SenderShown, SendingPhoto, StepView, SubmitView,
    SuggestionView,
};

/// The document kind.
pub const KIND: &str = "report";
