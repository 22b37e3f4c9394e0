//! A report as one reader may see it, made at read time.

use std::collections::BTreeMap;

use citizen_contract::documents::{
    AnswerView, NoteView, PhotoRole, PhotoView, QuestionView, RatingView, RefusalView, ReportDocument,
    SenderView,
};
use citizen_contract::ids::{AccountId, ReportId};
use citizen_contract::report_state::{Act, allowed};

use crate::auth::{Reader, Sight};
use crate::db::{DbError, Tx};
use crate::ledger::history::{self, History, Verdict, list, places};
use crate::ledger::photos::{self, Photo};
use crate::ledger::row::{self, ReportRow};
use crate::ledger::word;

/// The reports among `ids` that this reader may see, each as they may see it, in a fixed number of
/// statements.
///
/// # Errors
/// [`DbError`] of the room.
pub fn render(
    tx: &mut Tx<'_>,
    reader: &Reader,
    ids: &[ReportId],
) -> Result<BTreeMap<ReportId, ReportDocument>, DbError> {
    let mut seen: Vec<(ReportRow, Sight)> = Vec::new();
    for chunk in ids.chunks(64) {
        let sql = row::select(&format!("id IN ({})", places(chunk.len())));
        let rows = tx.query(&sql, &list(chunk), ReportRow::read)?;
        seen.extend(
            rows.into_iter().filter_map(|row| reader.sight(row.standing()).map(|sight| (row, sight))),
        );
    }
    let ids: Vec<ReportId> = seen.iter().map(|(row, _)| row.id).collect();
    let mut histories = history::of_all(tx, &ids)?;
    let mut photos = photos::of_all(tx, &ids)?;
    let senders: Vec<AccountId> =
        seen.iter().filter(|(_, sight)| sight.sender).map(|(row, _)| row.sender).collect();
    let senders = people(tx, &senders)?;
    let documents = seen.into_iter().map(|(row, sight)| {
        let history = histories.remove(&row.id).unwrap_or_default();
        let photos = photos.remove(&row.id).unwrap_or_default();
        let sender = senders.get(&row.sender).filter(|_| sight.sender).cloned();
        (row.id, document(reader, row, sight, &history, &photos, sender))
    });
    Ok(documents.collect())
}

fn document(
    reader: &Reader,
    row: ReportRow,
    sight: Sight,
    history: &History,
    photos: &[Photo],
    sender: Option<SenderView>,
) -> ReportDocument {
    let capacities = reader.capacities(row.standing());
    let submitted = history.last(Act::Submit).map(|event| event.payload.clone()).unwrap_or_default();
    ReportDocument {
        acts: allowed(row.state, &capacities),
        words: words(history),
        place: submitted.place.unwrap_or_else(|| citizen_contract::command::Place {
            unit_id: row.place_unit.clone(),
            words: String::new(),
            position: None,
        }),
        mine: sight.mine,
        sender,
        photos: photos.iter().filter(|photo| shown(photo, history, sight)).map(photo_view).collect(),
        question: history.last(Act::Ask).map(|event| QuestionView {
            words: event.payload.words.clone().unwrap_or_default(),
            asked_at: event.at,
        }),
        answer: answer(history, sight),
        rating: rating(history),
        refusal: history.last(Act::Refuse).map(|event| RefusalView {
            reason: event.payload.reason.clone().unwrap_or_default(),
            words: event.payload.words.clone().unwrap_or_default(),
            refused_at: event.at,
        }),
        notes: if sight.internal { notes(history) } else { Vec::new() },
        timeline: history.timeline(sight, 0),
        id: row.id,
        number: row.number,
        revision: row.revision,
        state: row.state,
        category: row.category,
        urgency: row.urgency,
        title: row.title,
        public: row.public,
        submitted_at: row.submitted_at,
        take_in_by: row.take_in_by,
        answer_by: row.answer_by,
        paused_since: row.paused_since,
        handling_unit: row.handling_unit,
    }
}

/// What the sender wrote, with what was added later after a blank line.
fn words(history: &History) -> String {
    let written = history.0.iter().filter(|event| matches!(event.act, Act::Submit | Act::AddInformation));
    written.filter_map(|event| event.payload.words.as_deref()).collect::<Vec<_>>().join("\n\n")
}

/// For officials the answer that waits, if one does; otherwise the last published one.
fn answer(history: &History, sight: Sight) -> Option<AnswerView> {
    history.answers().into_iter().rev().find_map(|(event, verdict)| {
        let approval = match verdict {
            Verdict::Published(approval) => Some(approval),
            Verdict::Waiting if sight.internal => None,
            Verdict::Waiting | Verdict::Returned => return None,
        };
        Some(AnswerView {
            unit_id: event.unit.clone()?,
            words: event.payload.words.clone().unwrap_or_default(),
            signed_by: approval.and_then(|approval| approval.by.clone()),
            published_at: approval.map(|approval| approval.at),
        })
    })
}

fn rating(history: &History) -> Option<RatingView> {
    let rated = |act: &Act| matches!(act, Act::RateDone | Act::RateUnresolved);
    let event = history.0.iter().rev().find(|event| rated(&event.act))?;
    Some(RatingView {
        rating: event.payload.rating?,
        words: event.payload.words.clone().unwrap_or_default(),
        rated_at: event.at,
    })
}

/// Notes, and the reasons that officials give each other.
fn notes(history: &History) -> Vec<NoteView> {
    let internal = |act: Act| matches!(act, Act::Note | Act::Assign | Act::PassBack | Act::ReturnAnswer);
    let noted = history.0.iter().filter(|event| internal(event.act));
    noted
        .filter_map(|event| {
            Some(NoteView {
                author: event.by.clone().unwrap_or_default(),
                words: event.payload.words.clone()?,
                written_at: event.at,
            })
        })
        .collect()
}

/// Photos of an answer are shown with the answer.
pub(super) fn shown(photo: &Photo, history: &History, sight: Sight) -> bool {
    let published = |(event, verdict): (_, Verdict<'_>)| -> bool {
        let event: &history::Event = event;
        event.seq == photo.event_seq && matches!(verdict, Verdict::Published(_))
    };
    photo.role == PhotoRole::Before || sight.internal || history.answers().into_iter().any(published)
}

fn photo_view(photo: &Photo) -> PhotoView {
    PhotoView { id: photo.id, role: photo.role, state: photo.state, captured_at: photo.captured_at }
}

fn people(tx: &mut Tx<'_>, accounts: &[AccountId]) -> Result<BTreeMap<AccountId, SenderView>, DbError> {
    let mut people = BTreeMap::new();
    for chunk in accounts.chunks(64) {
        let sql = format!(
            "SELECT id, display_name, masked_number FROM accounts WHERE id IN ({})",
            places(chunk.len())
        );
        people.extend(tx.query(&sql, &list(chunk), |row| {
            Ok((word::id(&row.text(0)?, 0)?, SenderView { name: row.text(1)?, masked_number: row.text(2)? }))
        })?);
    }
    Ok(people)
}
