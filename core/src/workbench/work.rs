//! A unit's work, from the documents on this device.

use citizen_contract::documents::ReportDocument;
use citizen_contract::ids::UnitId;
use citizen_contract::report_state::{Act, ReportState};
use citizen_contract::time::UtcMillis;

use crate::locality::Locality;
use crate::shown::{ReportRow, row_of};

/// Reports that these units are to handle, the most pressing first.
#[must_use]
pub fn work(
    reports: &[ReportDocument],
    units: &[UnitId],
    locality: &Locality,
    now: UtcMillis,
) -> Vec<ReportRow> {
    let to_handle = |it: &&ReportDocument| {
        matches!(it.state, ReportState::Assigned | ReportState::InProgress | ReportState::Reopened)
            && it.handling_unit.as_ref().is_some_and(|unit| units.contains(unit))
    };
    rows(reports.iter().filter(to_handle).collect(), locality, now)
}

/// Reports whose answer this person may approve.
#[must_use]
pub fn approvals(reports: &[ReportDocument], locality: &Locality, now: UtcMillis) -> Vec<ReportRow> {
    rows(reports.iter().filter(|it| it.acts.contains(&Act::Approve)).collect(), locality, now)
}

fn rows(mut chosen: Vec<&ReportDocument>, locality: &Locality, now: UtcMillis) -> Vec<ReportRow> {
    chosen.sort_by_key(|it| (it.answer_by.unwrap_or(it.take_in_by), it.id));
    chosen.into_iter().map(|it| row_of(it, locality, now)).collect()
}
