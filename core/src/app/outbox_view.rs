//! The outbox as screens show it.

use citizen_contract::command::CommandBody;
use citizen_contract::documents::LocalisedText;
use citizen_contract::ids::{AttachmentId, CommandId, ReportId};
use citizen_contract::time::UtcMillis;
use serde::Serialize;
use ts_rs::TS;

use crate::locality::Locality;
use crate::outbox::attachments::Attachment;
use crate::outbox::list::Item;
use crate::outbox::{CommandState, PhotoProgress, Waiting};
use crate::shown::NetworkView;

/// Why an item waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "views/")]
#[serde(rename_all = "snake_case")]
pub enum WaitCode {
    /// It is behind another one, or simply next.
    Turn,
    /// For a network.
    Offline,
    /// For a later try.
    Later,
    /// For a sign-in.
    Login,
    /// For a newer app.
    Update,
}

/// Why an item needs the person.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct ProblemView {
    /// A stable code such as `revision-conflict` or `attachment-unreadable`.
    pub code: String,
    /// Who changed the report in between.
    pub by: Option<LocalisedText>,
    /// When.
    pub at: Option<UtcMillis>,
    /// Position of the photo that is meant, from 1.
    pub photo_number: Option<u32>,
    /// The photo that is meant.
    pub attachment_id: Option<AttachmentId>,
    /// How many photos are still good.
    pub good_photos: u32,
}

/// A command on its way.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct OutboxItem {
    /// The command.
    pub command_id: CommandId,
    /// Its kind, such as `report.submit`.
    #[ts(
        type = "\"report.submit\" | \"report.add_information\" | \"report.rate\" | \"report.ask\" | \"report.assign\" | \"report.start\" | \"report.pass_back\" | \"report.note\" | \"report.answer\" | \"report.approve\" | \"report.return_answer\" | \"report.refuse\" | \"consent.set\""
    )]
    pub kind: String,
    /// The report.
    pub report_id: Option<String>,
    /// The report's number.
    pub report_number: Option<String>,
    /// Its first words.
    pub title: String,
    /// `queued`, `sending`, `sent`, `settled` or `needs_person`.
    #[ts(type = "\"queued\" | \"sending\" | \"sent\" | \"settled\" | \"needs_person\"")]
    pub state: &'static str,
    /// Why it waits.
    pub waiting_for: Option<WaitCode>,
    /// When the next try is due, for `later`.
    pub retry_at: Option<UtcMillis>,
    /// When the person queued it.
    pub created_at: UtcMillis,
    /// When the receipt came.
    pub sent_at: Option<UtcMillis>,
    /// When the backend received it.
    pub received_at: Option<UtcMillis>,
    /// By when the office takes the report in.
    pub first_deadline: Option<UtcMillis>,
    /// Bytes of text and photos.
    pub size_bytes: u64,
    /// Photos in all.
    pub photos_total: u32,
    /// Photos that have arrived.
    pub photos_sent: u32,
    /// Progress of all bytes in percent.
    pub percent: u8,
    /// Whether the text has arrived.
    pub text_sent: bool,
    /// Why it needs the person.
    pub problem: Option<ProblemView>,
    /// Whether it can become a draft again.
    pub can_recall: bool,
    /// Whether it can be deleted.
    pub can_delete: bool,
}

/// The outbox.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct OutboxView {
    /// Now.
    pub now: UtcMillis,
    /// The network.
    pub network: NetworkView,
    /// In the order in which the person acted.
    pub items: Vec<OutboxItem>,
    /// Bytes that are still to be sent.
    pub size_bytes: u64,
}

/// Bytes of text and photos.
fn all_bytes(item: &Item) -> u64 {
    let photos: u64 = item.photos.iter().map(|it| it.declaration.size).sum();
    item.text_bytes.saturating_add(photos)
}

/// Bytes that the backend has.
fn sent_bytes(item: &Item) -> u64 {
    if item.unsent() {
        return 0;
    }
    let arrived = |it: &Attachment| match it.progress {
        PhotoProgress::Confirmed => it.declaration.size,
        _ => it.sent_bytes,
    };
    item.text_bytes.saturating_add(item.photos.iter().map(arrived).sum())
}

/// Bytes that are still to be sent.
pub(super) fn left_bytes(item: &Item) -> u64 {
    all_bytes(item).saturating_sub(sent_bytes(item))
}

/// An item for screens. `known` is the report's number and title as far as a document tells.
pub(super) fn item_view(item: &Item, known: Option<(String, String)>, locality: &Locality) -> OutboxItem {
    let size_bytes = all_bytes(item);
    let text_sent = !item.unsent();
    let percent = sent_bytes(item).saturating_mul(100).checked_div(size_bytes).unwrap_or(0).min(100);
    let stopped = item.state == CommandState::NeedsPerson && item.unsent();
    let removable = stopped || (item.state == CommandState::Queued && !item.exposed);
    let (number, title) = known.unzip();
    OutboxItem {
        command_id: item.id(),
        kind: item.kind.clone(),
        report_id: (item.report_id != ReportId::NONE).then(|| item.report_id.to_string()),
        report_number: item.report_number.clone().or(number),
        title: words(item).or(title).or_else(|| purpose(item, locality)).unwrap_or_default(),
        state: item.state.as_str(),
        waiting_for: waiting_for(item),
        retry_at: (item.waiting == Some(Waiting::Later) && item.next_at.0 > 0).then_some(item.next_at),
        created_at: item.envelope.created_at,
        sent_at: item.sent_at,
        received_at: item.received_at,
        first_deadline: item.first_deadline,
        size_bytes,
        photos_total: count(item.photos.len()),
        photos_sent: count(item.photos.iter().filter(|it| it.progress == PhotoProgress::Confirmed).count()),
        percent: u8::try_from(percent).unwrap_or(100),
        text_sent,
        problem: problem(item, locality),
        can_recall: removable && item.has_form,
        can_delete: removable,
    }
}

fn waiting_for(item: &Item) -> Option<WaitCode> {
    if item.state != CommandState::Queued {
        return None;
    }
    Some(match item.waiting {
        _ if item.behind => WaitCode::Turn,
        None => WaitCode::Turn,
        Some(Waiting::Offline) => WaitCode::Offline,
        Some(Waiting::Later) => WaitCode::Later,
        Some(Waiting::Login) => WaitCode::Login,
        Some(Waiting::Update) => WaitCode::Update,
    })
}

fn problem(item: &Item, locality: &Locality) -> Option<ProblemView> {
    let trouble = item.trouble.as_ref().filter(|_| item.state == CommandState::NeedsPerson)?;
    let since = trouble.problem.as_ref().and_then(|problem| problem.since.last());
    let meant = trouble.attachment_id;
    let place = item.photos.iter().position(|it| Some(it.declaration.id) == meant);
    Some(ProblemView {
        code: trouble.as_str().to_owned(),
        by: since.and_then(|entry| locality.body_name(entry.unit_id.as_ref())),
        at: since.map(|entry| entry.at),
        photo_number: place.map(|at| count(at.saturating_add(1))),
        attachment_id: meant,
        good_photos: count(item.photos.iter().filter(|it| it.progress != PhotoProgress::Unreadable).count()),
    })
}

/// The person's own words in a command, shortened.
fn words(item: &Item) -> Option<String> {
    match &item.envelope.body {
        CommandBody::Submit(submit) => {
            Some(submit.words.lines().next().unwrap_or_default().chars().take(80).collect())
        }
        _ => None,
    }
}

/// The purpose that a consent is about; the person's language is not known here.
fn purpose(item: &Item, locality: &Locality) -> Option<String> {
    let CommandBody::SetConsent(body) = &item.envelope.body else { return None };
    let purpose = locality.catalogue().purposes.iter().find(|it| it.code == body.purpose);
    purpose.map(|it| it.name.vi.clone())
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
