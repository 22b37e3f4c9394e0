//! The intake office takes a report in and passes it to a unit.

use citizen_contract::command::{Assign, CommandBody, Urgency};
use citizen_contract::ids::{ReportId, UnitId};

use super::missing::Missing;
use crate::locality::Locality;

/// The command, or the fields that miss something.
///
/// # Errors
/// The fields.
pub fn body(
    report_id: ReportId,
    unit_id: UnitId,
    urgency: Urgency,
    note: &str,
    locality: &Locality,
) -> Result<CommandBody, Vec<Missing>> {
    if locality.unit(&unit_id).is_none() {
        return Err(vec![Missing::Unit]);
    }
    let note = note.trim().to_owned();
    Ok(CommandBody::Assign(Assign { report_id, unit_id, urgency, category: None, note }))
}
