//! What screens of reports are handed.

use std::collections::BTreeMap;

use citizen_contract::command::{Rating, Urgency};
use citizen_contract::documents::LocalisedText;
use citizen_contract::ids::{CommandId, UnitId};
use citizen_contract::time::UtcMillis;
use serde::Serialize;
use ts_rs::TS;

use super::codes::{ActCode, DraftField, MissingField, StepCode, StepPhase, SuggestionWhy};
use crate::shown::{DueView, NetworkView, PhotoShown, PlaceView, ReportRow, Status};

macro_rules! shape {
    ($($(#[$doc:meta])* struct $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)+ })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Serialize, TS)]
        #[ts(export, export_to = "views/")]
        pub struct $name { $($(#[$field_doc])* pub $field: $type,)+ }
    )+};
}

/// A sender's verdict.
pub type RatingCode = Rating;

shape! {
    /// A draft in a list.
    struct DraftRow {
        /// The draft.
        id: CommandId,
        /// Its first words.
        title: String,
        /// When it was last saved.
        saved_at: UtcMillis,
    }
    /// A draft in its form.
    struct DraftView {
        /// The draft.
        id: CommandId,
        /// Now.
        now: UtcMillis,
        /// When it was last saved.
        saved_at: Option<UtcMillis>,
        /// The network.
        network: NetworkView,
        /// The category's code.
        category_id: Option<String>,
        /// The words.
        text: String,
        /// The place.
        place: PlaceView,
        /// Whether others may see it.
        public: bool,
        /// The photos.
        photos: Vec<PhotoShown>,
    }
    /// What pressing send answers: missing fields, or the queued command.
    struct SubmitView {
        /// Fields that miss something.
        missing: Vec<DraftField>,
        /// The queued command.
        command_id: Option<CommandId>,
    }
    /// What an act answers: missing fields, or the queued command.
    struct ActView {
        /// Fields that miss something.
        missing: Vec<MissingField>,
        /// The queued command.
        command_id: Option<CommandId>,
    }
    /// A photo that is going up.
    struct SendingPhoto {
        /// Its position from 1.
        number: u32,
        /// How many there are.
        total: u32,
    }
    /// The own reports.
    struct ReportsView {
        /// Now.
        now: UtcMillis,
        /// The network.
        network: NetworkView,
        /// How many are open.
        open_count: u32,
        /// How many are done.
        done_count: u32,
        /// How many wait in the outbox.
        waiting_count: u32,
        /// The photo that is going up.
        sending_photo: Option<SendingPhoto>,
        /// The rows, newest first.
        rows: Vec<ReportRow>,
        /// The age of what is shown while there is no network.
        cached_at: Option<UtcMillis>,
    }
    /// A step of a report.
    struct StepView {
        /// What.
        code: StepCode,
        /// Where it stands in time.
        phase: StepPhase,
        /// When it happened.
        at: Option<UtcMillis>,
        /// Who acted.
        unit_name: Option<LocalisedText>,
        /// To whom it was passed.
        to_unit_name: Option<LocalisedText>,
        /// How many photos came with it.
        photos: u32,
        /// By when it is due.
        due_at: Option<UtcMillis>,
        /// The verdict of a rating.
        rating: Option<RatingCode>,
        /// Whether it still waits in this device's outbox.
        waiting: bool,
        /// Its words.
        words: Option<String>,
    }
    /// An answer.
    struct AnswerShown {
        /// Who answers.
        unit_name: LocalisedText,
        /// When it was published, or proposed.
        at: UtcMillis,
        /// Days before the deadline, negative after it.
        early_days: i64,
        /// The answer.
        text: String,
        /// Who approved it.
        signed_by: Option<String>,
        /// The first photo of the sender.
        before: Option<PhotoShown>,
        /// The first photo of the answer.
        after: Option<PhotoShown>,
        /// Whether it is published.
        approved: bool,
    }
    /// A note among officials.
    struct NoteShown {
        /// Tells notes of one report apart.
        id: String,
        /// Who wrote it; empty for one that waits here.
        by: String,
        /// When.
        at: UtcMillis,
        /// The note.
        text: String,
        /// Whether it still waits in this device's outbox.
        waiting: bool,
    }
    /// Who sent a report, for those who may know.
    struct SenderShown {
        /// The name.
        display_name: String,
        /// The number with most digits hidden.
        masked_number: String,
    }
    /// A unit that could handle a report.
    struct SuggestionView {
        /// The unit.
        unit_id: UnitId,
        /// Its name.
        name: LocalisedText,
        /// Why.
        why: SuggestionWhy,
        /// How many reports it has open; null where this device cannot know.
        open_count: Option<u32>,
    }
    /// An own act that met a change of somebody else.
    struct ConflictView {
        /// The command that waits for the person.
        command_id: CommandId,
        /// What it wanted.
        act: ActCode,
        /// Who changed the report.
        by: Option<LocalisedText>,
        /// When.
        at: Option<UtcMillis>,
        /// What they did.
        step: Option<StepCode>,
    }
    /// A question to the sender.
    struct QuestionShown {
        /// The question.
        text: String,
        /// Who asked.
        by: LocalisedText,
        /// When.
        at: UtcMillis,
        /// Whether an answer is awaited.
        open: bool,
    }
    /// Why a report was not taken in.
    struct RefusalShown {
        /// The reason.
        words: LocalisedText,
        /// What the sender reads.
        text: String,
    }
    /// Why an answer came back from the approver.
    struct ReturnedShown {
        /// Who returned it.
        by: String,
        /// When.
        at: UtcMillis,
        /// Why.
        text: String,
    }
    /// A report.
    struct ReportView {
        /// The report.
        id: String,
        /// Now.
        now: UtcMillis,
        /// The network.
        network: NetworkView,
        /// Its number; null while it waits in the outbox.
        number: Option<String>,
        /// Its first words.
        title: String,
        /// The words.
        text: String,
        /// Where it stands.
        status: Status,
        /// What it is about.
        category_name: LocalisedText,
        /// Where.
        place: PlaceView,
        /// Who has it.
        unit_name: Option<LocalisedText>,
        /// Whether others may see it.
        public: bool,
        /// When it was sent (or queued).
        sent_at: UtcMillis,
        /// Time left.
        due: Option<DueView>,
        /// Who sent it, for those who may know.
        sender: Option<SenderShown>,
        /// Whether this person sent it.
        mine: bool,
        /// The commune it is about.
        home_unit_name: Option<LocalisedText>,
        /// All photos.
        photos: Vec<PhotoShown>,
        /// What happened and what is to come.
        steps: Vec<StepView>,
        /// The last question.
        question: Option<QuestionShown>,
        /// Why it was not taken in.
        refusal: Option<RefusalShown>,
        /// The answer.
        answer: Option<AnswerShown>,
        /// Why an answer came back, until a new one is handed in.
        returned: Option<ReturnedShown>,
        /// The verdict.
        rating: Option<RatingCode>,
        /// Notes among officials.
        notes: Vec<NoteShown>,
        /// What this person may do now.
        acts: Vec<ActCode>,
        /// Units that could handle it.
        suggestions: Vec<SuggestionView>,
        /// How fast.
        urgency: Urgency,
        /// By when each urgency would have the answer, if it were assigned now.
        answer_due: BTreeMap<Urgency, UtcMillis>,
        /// An own act that met a change of somebody else.
        conflict: Option<ConflictView>,
    }
}
