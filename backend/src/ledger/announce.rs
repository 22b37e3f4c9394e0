//! In whose feeds a changed report stands.

use citizen_contract::ids::UnitId;

use super::row::ReportRow;
use crate::feeds::Change;

/// The report in the feeds of its sender and of the unit that has it; gone for a unit that had it.
#[must_use]
pub fn moved(report: &ReportRow, left: Option<&UnitId>) -> Vec<Change> {
    let change = |feed: String, gone: bool| Change {
        feed,
        doc_kind: "report".to_owned(),
        doc_id: report.id.to_string(),
        revision: report.revision,
        gone,
    };
    let mut changes = vec![change(format!("account:{}", report.sender), false)];
    changes.extend(report.handling_unit.as_ref().map(|unit| change(format!("unit:{unit}"), false)));
    changes.extend(left.map(|unit| change(format!("unit:{unit}"), true)));
    changes
}
