//! One report for its screen: the document, and over it what waits in the outbox.

use citizen_contract::command::{CommandBody, Submit, Urgency};
use citizen_contract::documents::{LocalisedText, PhotoRole, PhotoState, PhotoView, ReportDocument};
use citizen_contract::profile::Step;
use citizen_contract::report_state::{Act, Actor, ReportState};
use citizen_contract::time::UtcMillis;

use super::codes::SuggestionWhy;
use super::form::title;
use super::overlay::{acts, conflict, pending};
use super::steps::{steps, waiting};
use super::view::{
    AnswerShown, NoteShown, QuestionShown, RefusalShown, ReportView, ReturnedShown, SenderShown,
    SuggestionView,
};
use crate::locality::Locality;
use crate::outbox::list::Item;
use crate::shown::{NetworkView, PhotoShown, PhotoShownRole, PlaceView, Status, due_of};

/// For whom and when a report is shown.
pub struct Reader<'a> {
    /// Names and deadlines.
    pub locality: &'a Locality,
    /// In which capacities the person acts on this report.
    pub actors: &'a [Actor],
    /// The network.
    pub network: NetworkView,
    /// Now.
    pub now: UtcMillis,
}

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// The report's screen, or nothing if there is neither a document nor a command that makes one.
#[must_use]
pub fn report_view(
    report: Option<&ReportDocument>,
    items: &[Item],
    reader: Reader<'_>,
) -> Option<ReportView> {
    match report {
        Some(report) => Some(of_document(report, items, reader)),
        None => items
            .iter()
            .find_map(|item| match &item.envelope.body {
                CommandBody::Submit(submit) => Some((item, submit)),
                _ => None,
            })
            .map(|(item, submit)| of_command(item, submit, reader)),
    }
}

fn of_document(report: &ReportDocument, items: &[Item], reader: Reader<'_>) -> ReportView {
    let locality = reader.locality;
    let may_assign = report.acts.contains(&Act::Assign);
    ReportView {
        id: report.id.to_string(),
        now: reader.now,
        number: Some(report.number.clone()),
        title: report.title.clone(),
        text: report.words.clone(),
        status: report.state.into(),
        category_name: locality.category_name(&report.category),
        place: PlaceView::of((&report.place).into(), locality),
        unit_name: locality.body_name(report.handling_unit.as_ref()),
        public: report.public,
        sent_at: report.submitted_at,
        due: due_of(report).map(|due| due.view(locality, reader.now)),
        sender: report.sender.as_ref().map(|sender| SenderShown {
            display_name: sender.name.clone(),
            masked_number: sender.masked_number.clone(),
        }),
        mine: report.mine,
        home_unit_name: locality.unit_name(report.place.unit_id.as_ref()),
        photos: report.photos.iter().map(|photo| shown(photo, items)).collect(),
        steps: steps(report, items, locality),
        question: question(report, locality),
        refusal: refusal(report, locality),
        answer: answer(report, items, locality),
        returned: returned(report),
        rating: report.rating.as_ref().map(|it| it.rating),
        notes: notes(report, items),
        acts: acts(report, items, reader.actors),
        suggestions: if may_assign { suggestions(report, locality, reader.now) } else { Vec::new() },
        urgency: report.urgency,
        answer_due: if may_assign {
            answer_due(locality, reader.now)
        } else {
            std::collections::BTreeMap::new()
        },
        conflict: conflict(items, locality),
        network: reader.network,
    }
}

fn of_command(item: &Item, submit: &Submit, reader: Reader<'_>) -> ReportView {
    let photo = |it: &crate::outbox::attachments::Attachment| PhotoShown {
        attachment_id: it.declaration.id,
        role: PhotoShownRole::Evidence,
        taken_at: it.declaration.captured_at,
        available: true,
    };
    let category = reader.locality.category(&submit.category);
    ReportView {
        id: item.report_id.to_string(),
        now: reader.now,
        number: item.report_number.clone(),
        title: title(&submit.words),
        text: submit.words.clone(),
        status: if item.unsent() { Status::WAITING } else { ReportState::Received.into() },
        category_name: reader.locality.category_name(&submit.category),
        place: PlaceView::of((&submit.place).into(), reader.locality),
        unit_name: None,
        public: submit.public,
        sent_at: item.received_at.unwrap_or(item.envelope.created_at),
        due: None,
        sender: None,
        mine: true,
        home_unit_name: reader.locality.unit_name(submit.place.unit_id.as_ref()),
        photos: item.photos.iter().map(photo).collect(),
        steps: waiting(item).into_iter().collect(),
        question: None,
        refusal: None,
        answer: None,
        returned: None,
        rating: None,
        notes: Vec::new(),
        acts: Vec::new(),
        suggestions: Vec::new(),
        urgency: category.map_or(Urgency::Normal, |it| it.default_urgency),
        answer_due: std::collections::BTreeMap::new(),
        conflict: None,
        network: reader.network,
    }
}

/// Own photos can be shown from the outbox while their bytes are still on the way.
fn shown(photo: &PhotoView, items: &[Item]) -> PhotoShown {
    let own = items.iter().flat_map(|item| &item.photos).any(|it| it.declaration.id == photo.id);
    PhotoShown {
        attachment_id: photo.id,
        role: match photo.role {
            PhotoRole::Before => PhotoShownRole::Evidence,
            PhotoRole::After => PhotoShownRole::After,
        },
        taken_at: photo.captured_at,
        available: own || photo.state == PhotoState::Received,
    }
}

fn question(report: &ReportDocument, locality: &Locality) -> Option<QuestionShown> {
    let question = report.question.as_ref()?;
    Some(QuestionShown {
        text: question.words.clone(),
        by: unit_or_intake(None, locality),
        at: question.asked_at,
        open: report.state == ReportState::NeedsInformation,
    })
}

fn refusal(report: &ReportDocument, locality: &Locality) -> Option<RefusalShown> {
    let refusal = report.refusal.as_ref()?;
    let reason = locality.catalogue().refusal_reasons.iter().find(|it| it.code == refusal.reason);
    let code = || LocalisedText { vi: refusal.reason.clone(), en: refusal.reason.clone() };
    Some(RefusalShown { words: reason.map_or_else(code, |it| it.name.clone()), text: refusal.words.clone() })
}

fn answer(report: &ReportDocument, items: &[Item], locality: &Locality) -> Option<AnswerShown> {
    let answer = report.answer.as_ref()?;
    let proposed = report.timeline.iter().rev().find(|entry| entry.act == Act::Answer).map(|entry| entry.at);
    let at = answer.published_at.or(proposed).unwrap_or(report.submitted_at);
    let first = |role| report.photos.iter().find(|it| it.role == role).map(|it| shown(it, items));
    Some(AnswerShown {
        unit_name: unit_or_intake(Some(&answer.unit_id), locality),
        at,
        early_days: report.answer_by.map_or(0, |by| (by.0 - at.0).div_euclid(DAY_MS)),
        text: answer.words.clone(),
        signed_by: answer.signed_by.clone(),
        before: first(PhotoRole::Before),
        after: first(PhotoRole::After),
        approved: answer.published_at.is_some(),
    })
}

fn returned(report: &ReportDocument) -> Option<ReturnedShown> {
    let last = report.timeline.iter().rev().find(|it| matches!(it.act, Act::Answer | Act::ReturnAnswer))?;
    if last.act != Act::ReturnAnswer {
        return None;
    }
    let note = report.notes.iter().find(|note| note.written_at == last.at);
    Some(ReturnedShown {
        by: last.by.clone().or_else(|| note.map(|it| it.author.clone())).unwrap_or_default(),
        at: last.at,
        text: note.map(|it| it.words.clone()).unwrap_or_default(),
    })
}

fn notes(report: &ReportDocument, items: &[Item]) -> Vec<NoteShown> {
    let kept = report.notes.iter().enumerate().map(|(at, note)| NoteShown {
        id: at.to_string(),
        by: note.author.clone(),
        at: note.written_at,
        text: note.words.clone(),
        waiting: false,
    });
    let own = pending(items, report.revision).filter_map(|item| match &item.envelope.body {
        CommandBody::Note(note) => Some(NoteShown {
            id: item.id().to_string(),
            by: String::new(),
            at: item.envelope.created_at,
            text: note.words.clone(),
            waiting: item.unsent(),
        }),
        _ => None,
    });
    kept.chain(own).collect()
}

fn suggestions(report: &ReportDocument, locality: &Locality, now: UtcMillis) -> Vec<SuggestionView> {
    let commune = report.place.unit_id.as_ref();
    let profile = locality.profile();
    let today = profile.calendar.day_of(now);
    let suggested = profile.routing.suggest(&report.category, commune);
    suggested
        .into_iter()
        .filter(|unit| profile.in_force(unit, today))
        .filter_map(|unit_id| {
            let why =
                if commune == Some(&unit_id) { SuggestionWhy::OwnArea } else { SuggestionWhy::Category };
            Some(SuggestionView { name: locality.body_name(Some(&unit_id))?, unit_id, why, open_count: None })
        })
        .collect()
}

fn answer_due(locality: &Locality, now: UtcMillis) -> std::collections::BTreeMap<Urgency, UtcMillis> {
    let profile = locality.profile();
    [Urgency::Normal, Urgency::Soon, Urgency::Urgent, Urgency::Complex]
        .map(|urgency| {
            (urgency, profile.calendar.add(now, profile.deadlines.allowance(urgency, Step::Answer)))
        })
        .into()
}

fn unit_or_intake(unit: Option<&citizen_contract::ids::UnitId>, locality: &Locality) -> LocalisedText {
    let intake = &locality.catalogue().locality;
    locality
        .body_name(unit)
        .or_else(|| locality.body_name(Some(&intake.intake_unit)))
        .unwrap_or_else(|| intake.governing_body.clone())
}
