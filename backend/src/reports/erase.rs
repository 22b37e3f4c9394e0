//! Erasing what people said in a report, while the chain still verifies.

use citizen_contract::ids::ReportId;
use citizen_contract::sync::Nudge;
use citizen_contract::time::UtcMillis;

use crate::db::{DbError, Tx};
use crate::feeds;
use crate::ledger::{Payload, Step, append, moved, row};
use crate::params;

/// Deletes the payloads and salts of all events so far, blanks the words of the projection, and
/// appends that this was done. Answers what to tell after COMMIT; nothing for an unknown report.
///
/// The bytes of attachments are the files room's to delete.
///
/// # Errors
/// [`DbError`] of the room.
pub fn erase(tx: &mut Tx<'_>, report: ReportId, now: UtcMillis) -> Result<Vec<Nudge>, DbError> {
    let Some(mut report) = row::lock(tx, report)? else { return Ok(Vec::new()) };
    let id = report.id.to_string();
    tx.execute("DELETE FROM event_payloads WHERE report_id = ?1", params![id.as_str()])?;
    tx.execute("UPDATE attachments SET captured_at = NULL WHERE report_id = ?1", params![id.as_str()])?;
    tx.execute("UPDATE reports SET title = '', folded = '' WHERE id = ?1", params![id.as_str()])?;
    let step = Step {
        act: "erased".to_owned(),
        at: now,
        actor: None,
        unit: None,
        to_unit: None,
        command: None,
        payload: Payload::default(),
        salt: [0; 32],
    };
    append(tx, &mut report, &step)?;
    report.update(tx)?;
    let mut nudges = feeds::bump(tx, &moved(&report, None))?;
    nudges.push(Nudge::Queue);
    Ok(nudges)
}
