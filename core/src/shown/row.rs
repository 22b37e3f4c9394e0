//! A report as a row of a list.

use citizen_contract::command::Place;
use citizen_contract::documents::ReportDocument;
use citizen_contract::query::QueueItem;
use citizen_contract::report_state::ReportState;
use citizen_contract::time::UtcMillis;

use super::due::{due_of, due_of_item};
use super::view::ReportRow;
use crate::locality::Locality;

/// A document as a row.
#[must_use]
pub fn row_of(report: &ReportDocument, locality: &Locality, now: UtcMillis) -> ReportRow {
    let asked = report.state == ReportState::NeedsInformation;
    ReportRow {
        id: report.id.to_string(),
        number: Some(report.number.clone()),
        title: report.title.clone(),
        status: report.state.into(),
        unit_name: locality.body_name(report.handling_unit.as_ref()),
        category_name: locality.category_name(&report.category),
        place: place_in_words(&report.place, locality),
        sent_at: report.submitted_at,
        due: due_of(report).map(|due| due.view(locality, now)),
        question: report.question.as_ref().filter(|_| asked).map(|question| question.words.clone()),
        unread: false,
    }
}

/// A row of the intake queue.
#[must_use]
pub fn row_of_item(item: &QueueItem, locality: &Locality, as_of: UtcMillis, now: UtcMillis) -> ReportRow {
    ReportRow {
        id: item.report_id.to_string(),
        number: Some(item.number.clone()),
        title: item.title.clone(),
        status: item.state.into(),
        unit_name: locality.body_name(item.handling_unit.as_ref()),
        category_name: locality.category_name(&item.category),
        place: locality.unit_name(item.place_unit.as_ref()).map(|name| name.vi).unwrap_or_default(),
        sent_at: item.submitted_at,
        due: due_of_item(item, as_of).map(|due| due.view(locality, now)),
        question: None,
        unread: false,
    }
}

/// The person's words for a place and the commune's name, as far as there are any.
pub(crate) fn place_in_words(place: &Place, locality: &Locality) -> String {
    let unit = locality.unit_name(place.unit_id.as_ref()).map(|name| name.vi);
    let words = Some(place.words.trim().to_owned());
    let parts: Vec<String> = [words, unit].into_iter().flatten().filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}
