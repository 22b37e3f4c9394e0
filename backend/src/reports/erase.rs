//! Erasing what people said in a report, while the chain still verifies.

use citizen_contract::ids::{AttachmentId, CommandId, ReportId};
use citizen_contract::sync::Nudge;
use citizen_contract::time::UtcMillis;

use crate::db::{DbError, Tx};
use crate::feeds;
use crate::ledger::{Payload, Step, append, moved, row, word};
use crate::params;

/// Why a report is erased; kept in the event that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grounds {
    /// The operator's reason, without any word of the report.
    pub reason: String,
    /// Who decided it.
    pub by: String,
    /// When.
    pub now: UtcMillis,
    /// Fresh random bytes.
    pub salt: [u8; 32],
}

/// What was erased, and what is left to do after COMMIT.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Erased {
    /// Payloads of events.
    pub payloads: u64,
    /// Whom to tell.
    pub nudges: Vec<Nudge>,
    /// The attachments whose bytes must go, each with the command that announced it: nothing names
    /// them any more.
    pub attachments: Vec<(CommandId, AttachmentId)>,
}

/// Deletes the payloads and salts of all events so far and the rows of attachments, blanks the words
/// of the projection, and appends that this was done, by whom and why. Its number still finds the
/// report. An unknown report leaves nothing to do.
///
/// # Errors
/// [`DbError`] of the room.
pub fn erase(tx: &mut Tx<'_>, report: ReportId, grounds: &Grounds) -> Result<Erased, DbError> {
    let Some(mut report) = row::lock(tx, report)? else { return Ok(Erased::default()) };
    let id = report.id.to_string();
    // What an earlier erasure said of itself holds no word of the report.
    let payloads = tx.execute(
        "DELETE FROM event_payloads WHERE report_id = ?1 AND seq NOT IN \
         (SELECT seq FROM report_events WHERE report_id = ?1 AND act = 'erased')",
        params![id.as_str()],
    )?;
    let attachments = tx.query(
        "DELETE FROM attachments WHERE report_id = ?1 RETURNING command_id, id",
        params![id.as_str()],
        |row| Ok((word::id(&row.text(0)?, 0)?, word::id(&row.text(1)?, 1)?)),
    )?;
    (report.photos_declared, report.photos_received) = (0, 0);
    tx.execute(
        "UPDATE reports SET title = '', folded = ?2 WHERE id = ?1",
        params![id.as_str(), citizen_contract::fold::fold(&report.number)],
    )?;
    let step = Step {
        act: "erased".to_owned(),
        at: grounds.now,
        actor: None,
        unit: None,
        to_unit: None,
        command: None,
        payload: Payload {
            reason: Some(grounds.reason.clone()),
            by: Some(grounds.by.clone()),
            ..Payload::default()
        },
        salt: grounds.salt,
    };
    append(tx, &mut report, &step)?;
    report.update(tx)?;
    let mut nudges = feeds::bump(tx, &moved(&report, None))?;
    nudges.push(Nudge::Queue);
    Ok(Erased { payloads, nudges, attachments })
}
