//! Erasing what people said in a report, while the chain still verifies.

use citizen_contract::ids::{AttachmentId, ReportId};
use citizen_contract::sync::Nudge;
use citizen_contract::time::UtcMillis;

use crate::db::{DbError, Tx};
use crate::feeds;
use crate::ledger::{Payload, Step, append, moved, row, word};
use crate::params;

/// What is left to do after COMMIT.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Erased {
    /// Whom to tell.
    pub nudges: Vec<Nudge>,
    /// The attachments whose bytes must go now: nothing names them any more.
    pub attachments: Vec<AttachmentId>,
}

/// Deletes the payloads and salts of all events so far and the rows of attachments, blanks the words
/// of the projection, and appends that this was done. An unknown report leaves nothing to do.
///
/// # Errors
/// [`DbError`] of the room.
pub fn erase(tx: &mut Tx<'_>, report: ReportId, now: UtcMillis) -> Result<Erased, DbError> {
    let Some(mut report) = row::lock(tx, report)? else { return Ok(Erased::default()) };
    let id = report.id.to_string();
    tx.execute("DELETE FROM event_payloads WHERE report_id = ?1", params![id.as_str()])?;
    let attachments =
        tx.query("DELETE FROM attachments WHERE report_id = ?1 RETURNING id", params![id.as_str()], |row| {
            word::id(&row.text(0)?, 0)
        })?;
    (report.photos_declared, report.photos_received) = (0, 0);
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
    Ok(Erased { nudges, attachments })
}
