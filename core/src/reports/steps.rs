//! The timeline: what happened, what waits in the outbox, what is to come.

use citizen_contract::documents::{PhotoRole, ReportDocument, TimelineEntry};
use citizen_contract::report_state::{Act, ReportState};
use citizen_contract::time::UtcMillis;

use super::codes::{StepCode, StepPhase};
use super::overlay::pending;
use super::view::StepView;
use crate::locality::Locality;
use crate::outbox::list::Item;

/// All steps of a report.
pub(super) fn steps(report: &ReportDocument, items: &[Item], locality: &Locality) -> Vec<StepView> {
    let mut steps: Vec<StepView> =
        report.timeline.iter().filter_map(|entry| past(entry, report, locality)).collect();
    steps.extend(pending(items, report.revision).filter_map(waiting));
    let to_come = to_come(report);
    for (at, (code, due_at)) in to_come.into_iter().enumerate() {
        let phase = if at == 0 { StepPhase::Now } else { StepPhase::Next };
        let unit =
            locality.body_name(report.handling_unit.as_ref()).filter(|_| code == StepCode::AwaitAnswer);
        steps.push(StepView { due_at, unit_name: unit, ..bare(code, phase) });
    }
    steps
}

/// The only step of a report that the backend has not shown yet.
pub(super) fn waiting(item: &Item) -> Option<StepView> {
    let code = item.envelope.body.act().and_then(StepCode::of)?;
    Some(StepView {
        at: Some(item.received_at.unwrap_or(item.envelope.created_at)),
        photos: u32::try_from(item.photos.len()).unwrap_or(u32::MAX),
        waiting: item.unsent(),
        ..bare(code, if item.unsent() { StepPhase::Now } else { StepPhase::Past })
    })
}

fn past(entry: &TimelineEntry, report: &ReportDocument, locality: &Locality) -> Option<StepView> {
    let code = StepCode::of(entry.act)?;
    let count = |role| u32::try_from(report.photos.iter().filter(|it| it.role == role).count()).unwrap_or(0);
    let photos = match entry.act {
        Act::Submit => count(PhotoRole::Before),
        Act::Answer => count(PhotoRole::After),
        _ => 0,
    };
    let rated = matches!(entry.act, Act::RateDone | Act::RateUnresolved);
    let rating = report.rating.as_ref().filter(|_| rated);
    let question = report.question.as_ref().filter(|it| entry.act == Act::Ask && it.asked_at == entry.at);
    Some(StepView {
        at: Some(entry.at),
        unit_name: locality.body_name(entry.unit_id.as_ref()),
        to_unit_name: locality.body_name(entry.to_unit.as_ref()),
        photos,
        rating: rating.map(|it| it.rating),
        words: question.map(|it| it.words.clone()).or_else(|| rating.map(|it| it.words.clone())),
        ..bare(code, StepPhase::Past)
    })
}

fn to_come(report: &ReportDocument) -> Vec<(StepCode, Option<UtcMillis>)> {
    match report.state {
        ReportState::Received => {
            vec![(StepCode::AwaitIntake, Some(report.take_in_by)), (StepCode::AwaitAnswer, report.answer_by)]
        }
        ReportState::NeedsInformation => {
            vec![(StepCode::AwaitInformation, None), (StepCode::AwaitAnswer, None)]
        }
        ReportState::Assigned
        | ReportState::InProgress
        | ReportState::AwaitingApproval
        | ReportState::Reopened => {
            vec![(StepCode::AwaitAnswer, report.answer_by), (StepCode::AwaitRating, None)]
        }
        ReportState::Answered => vec![(StepCode::AwaitRating, None)],
        ReportState::Closed | ReportState::Refused => Vec::new(),
    }
}

fn bare(code: StepCode, phase: StepPhase) -> StepView {
    StepView {
        code,
        phase,
        at: None,
        unit_name: None,
        to_unit_name: None,
        photos: 0,
        due_at: None,
        rating: None,
        waiting: false,
        words: None,
    }
}
