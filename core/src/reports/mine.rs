//! The own reports: documents, and before them those that still wait in the outbox.

use citizen_contract::command::CommandBody;
use citizen_contract::documents::ReportDocument;
use citizen_contract::report_state::ReportState;
use citizen_contract::time::UtcMillis;

use super::codes::ReportsTab;
use super::form::title;
use crate::locality::Locality;
use crate::outbox::list::Item;
use crate::shown::{ReportRow, Status, place_in_words, row_of};

/// Own documents of a tab as rows, newest first.
#[must_use]
pub fn mine(
    reports: &[ReportDocument],
    tab: ReportsTab,
    locality: &Locality,
    now: UtcMillis,
) -> Vec<ReportRow> {
    let mut chosen: Vec<&ReportDocument> =
        reports.iter().filter(|it| it.mine && (tab_of(it.state) == tab)).collect();
    chosen.sort_by_key(|it| std::cmp::Reverse(it.submitted_at));
    chosen.into_iter().map(|it| row_of(it, locality, now)).collect()
}

/// In which tab a report stands: an answer that waits for its rating is still open for the sender.
#[must_use]
pub fn tab_of(state: ReportState) -> ReportsTab {
    match state {
        ReportState::Closed | ReportState::Refused => ReportsTab::Done,
        _ => ReportsTab::Open,
    }
}

/// Reports that are not among the documents yet, newest first.
#[must_use]
pub fn waiting_rows(items: &[Item], known: &[ReportDocument], locality: &Locality) -> Vec<ReportRow> {
    let unknown = |item: &&Item| known.iter().all(|report| report.id != item.report_id);
    items.iter().rev().filter(unknown).filter_map(|item| waiting_row(item, locality)).collect()
}

fn waiting_row(item: &Item, locality: &Locality) -> Option<ReportRow> {
    let CommandBody::Submit(submit) = &item.envelope.body else { return None };
    Some(ReportRow {
        id: item.report_id.to_string(),
        number: item.report_number.clone(),
        title: title(&submit.words),
        status: if item.unsent() { Status::WAITING } else { ReportState::Received.into() },
        unit_name: None,
        category_name: locality.category_name(&submit.category),
        place: place_in_words(&submit.place, locality),
        sent_at: item.received_at.unwrap_or(item.envelope.created_at),
        due: None,
        question: None,
        unread: false,
    })
}
