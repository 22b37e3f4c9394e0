//! Acts on a report: the sender's and the officials', all through the same outbox.

use citizen_contract::command::{CommandBody, Rating, Urgency};
use citizen_contract::documents::ReportDocument;
use citizen_contract::ids::{CommandId, ReportId, UnitId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{App, AppError};
use crate::outbox::attachments;
use crate::outbox::drafts::{self, Draft};
use crate::outbox::enqueue::NewCommand;
use crate::reports::{self, ActView, DraftView, MissingField, ReportForm, add_information, rate};
use crate::store::{StoreError, off_thread};
use crate::sync::documents;
use crate::workbench::{self, Missing};

/// What somebody does on a report.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export, export_to = "views/", rename = "Act")]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ActRequest {
    /// The sender rates.
    Rate {
        #[doc = "The verdict."]
        rating: Rating,
        #[doc = "Why."]
        #[serde(default)]
        words: String,
    },
    /// The sender adds information; photos are in the draft.
    AddInformation {
        #[doc = "The information."]
        words: String,
        #[doc = "The draft."]
        draft_id: Option<CommandId>,
    },
    /// The office passes it to a unit.
    Assign {
        #[doc = "The unit."]
        unit_id: UnitId,
        #[doc = "How fast."]
        urgency: Urgency,
        #[doc = "For the unit."]
        #[serde(default)]
        note: String,
    },
    /// The office asks.
    Ask {
        #[doc = "The question."]
        words: String,
    },
    /// The unit starts.
    Start,
    /// The unit gives it back.
    PassBack {
        #[doc = "Why."]
        words: String,
    },
    /// The unit answers; photos are in the draft.
    Answer {
        #[doc = "The answer."]
        words: String,
        #[doc = "The draft."]
        draft_id: Option<CommandId>,
    },
    /// The approver publishes.
    Approve,
    /// The approver returns the answer.
    ReturnAnswer {
        #[doc = "Why."]
        words: String,
    },
    /// The office does not take it in.
    Refuse {
        #[doc = "The reason's code."]
        reason: String,
        #[doc = "For the sender."]
        words: String,
    },
    /// A note among officials.
    Note {
        #[doc = "The note."]
        words: String,
    },
}

/// Acts whose words and photos a draft keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "views/")]
#[serde(rename_all = "snake_case")]
pub enum ActDraftKind {
    /// An answer.
    Answer,
    /// Added information.
    AddInformation,
}

impl App {
    /// Queues an act, or says which fields miss something.
    ///
    /// # Errors
    /// [`AppError`] if nobody is signed in or the store fails.
    pub async fn act(&self, report_id: ReportId, act: ActRequest) -> Result<ActView, AppError> {
        let draft_id = match &act {
            ActRequest::AddInformation { draft_id, .. } | ActRequest::Answer { draft_id, .. } => *draft_id,
            _ => None,
        };
        let _edit = self.edits.lock().await;
        let store = self.signed_in()?.0.store.clone();
        let (photos, draft, report) = off_thread(move || {
            let photos = draft_id.map_or(Ok(Vec::new()), |id| attachments::of(&store.outbox, id))?;
            let draft = draft_id.map(|id| drafts::get(&store.outbox, id)).transpose()?;
            let report =
                documents::get::<ReportDocument>(&store.cache, reports::KIND, &report_id.to_string())?;
            Ok::<_, AppError>((photos.len(), draft, report.map(|it| it.body)))
        })
        .await?;
        let body = match self.body(report_id, act, photos) {
            Err(missing) => return Ok(ActView { missing, command_id: None }),
            Ok(body) => body,
        };
        let seen = report.map(|it| it.revision).filter(|_| builds_on_what_was_seen(&body));
        let form = draft.map(|draft| words_into(&draft.form, &body)).transpose()?;
        let id = draft_id.unwrap_or_else(|| self.ports.random.command_id(self.now()));
        self.queue(NewCommand { id, body, seen_revision: seen, form, photos: Vec::new(), now: self.now() })
            .await?;
        Ok(ActView { missing: Vec::new(), command_id: Some(id) })
    }

    fn body(
        &self,
        report: ReportId,
        act: ActRequest,
        photos: usize,
    ) -> Result<CommandBody, Vec<MissingField>> {
        let locality = self.locality();
        let desk = match act {
            ActRequest::Rate { rating, words } => return rate::body(report, rating, &words),
            ActRequest::AddInformation { words, .. } => return add_information::body(report, &words),
            ActRequest::Assign { unit_id, urgency, note } => {
                workbench::assign::body(report, unit_id, urgency, &note, &locality)
            }
            ActRequest::Ask { words } => workbench::ask::body(report, &words),
            ActRequest::Start => Ok(workbench::start::body(report)),
            ActRequest::PassBack { words } => workbench::pass_back::body(report, &words),
            ActRequest::Answer { words, .. } => workbench::answer::body(report, &words, photos, false),
            ActRequest::Approve => Ok(workbench::approve::body(report)),
            ActRequest::ReturnAnswer { words } => workbench::return_answer::body(report, &words),
            ActRequest::Refuse { reason, words } => {
                workbench::refuse::body(report, &reason, &words, &locality)
            }
            ActRequest::Note { words } => workbench::note::body(report, &words),
        };
        desk.map_err(|missing| missing.into_iter().map(field).collect())
    }

    /// The draft that keeps the words and photos of an act, begun if there is none.
    ///
    /// # Errors
    /// [`AppError`] if nobody is signed in or the store fails.
    pub async fn act_draft(&self, report_id: ReportId, kind: ActDraftKind) -> Result<DraftView, AppError> {
        let kind = match kind {
            ActDraftKind::Answer => workbench::answer::KIND,
            ActDraftKind::AddInformation => add_information::KIND,
        };
        // Two callers at once get the same draft.
        let _edit = self.edits.lock().await;
        let db = self.signed_in()?.0.store.outbox.clone();
        if let Some(draft) = off_thread(move || drafts::on_report(&db, kind, report_id)).await? {
            return self.draft_get(draft.id).await;
        }
        let form = serde_json::to_string(&ReportForm::default()).map_err(StoreError::from)?;
        let (id, now) = (self.ports.random.command_id(self.now()), self.now());
        self.keep_draft(Draft { id, kind: kind.to_owned(), report_id, form, created_at: now, saved_at: now })
            .await
    }
}

/// Officials act on what they saw, so a change by somebody else in between is a conflict. What the
/// sender says, and notes, stand for themselves.
fn builds_on_what_was_seen(body: &CommandBody) -> bool {
    !matches!(
        body,
        CommandBody::Submit(_) | CommandBody::AddInformation(_) | CommandBody::Rate(_) | CommandBody::Note(_)
    )
}

/// The draft's form with the words that were sent, for taking the command back.
fn words_into(form: &str, body: &CommandBody) -> Result<String, AppError> {
    let mut form: ReportForm = serde_json::from_str(form).map_err(StoreError::from)?;
    if let CommandBody::AddInformation(said) | CommandBody::Answer(said) = body {
        form.words.clone_from(&said.words);
    }
    Ok(serde_json::to_string(&form).map_err(StoreError::from)?)
}

fn field(missing: Missing) -> MissingField {
    match missing {
        Missing::Unit => MissingField::Unit,
        Missing::Text => MissingField::Text,
        Missing::Reason => MissingField::Reason,
        Missing::Photo => MissingField::Photo,
    }
}
