//! Recording what became of a command: each outcome is one transaction.

use citizen_contract::ids::CommandId;
use citizen_contract::outcome::Receipt;
use citizen_contract::problem::Problem;
use citizen_contract::signed::Signed;
use citizen_contract::time::UtcMillis;
use rusqlite::{Transaction, params};

use super::{CommandState, OutboxError, PhotoProgress, Trouble, Waiting, pieces};
use crate::store::Database;

/// Sent commands and their photos are kept this long, so that a backend that was restored from an
/// older backup can get them again.
pub const KEEP_SENT_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// The receipt was verified: the command is sent, its photos are next. Says whether it has any.
///
/// # Errors
/// [`OutboxError::Store`]; the command is then sent again and gets the same receipt.
pub fn record_accepted(
    db: &Database,
    id: CommandId,
    receipt: &Receipt,
    signed: &Signed,
    now: UtcMillis,
) -> Result<bool, OutboxError> {
    let signed = serde_json::to_string(signed)?;
    db.write(|tx| {
        tx.execute(
            "UPDATE commands SET state = ?2, waiting = NULL, trouble = NULL, receipt = ?3, report_number = ?4,
               revision = ?5, received_at = ?6, first_deadline = ?7, sent_at = ?8, exposed = 1
             WHERE id = ?1 AND state IN ('queued', 'sending')",
            params![
                id.to_string(),
                CommandState::Sent,
                signed,
                receipt.report_number,
                receipt.revision.and_then(|revision| i64::try_from(revision).ok()),
                receipt.received_at.0,
                receipt.first_deadline.map(|at| at.0),
                now.0,
            ],
        )?;
        let photos = tx.execute(
            "UPDATE attachments SET state = ?2 WHERE owner = ?1 AND state = ?3",
            params![id.to_string(), PhotoProgress::Waiting, PhotoProgress::Held],
        )?;
        Ok(photos > 0)
    })
}

/// The backend refused for good: the command is kept with the reason.
///
/// # Errors
/// [`OutboxError::Store`].
pub fn record_refused(db: &Database, id: CommandId, problem: &Problem) -> Result<(), OutboxError> {
    db.write(|tx| park(tx, id, &Trouble::refused(problem.clone())))
}

pub(crate) fn park(tx: &Transaction<'_>, id: CommandId, trouble: &Trouble) -> Result<(), OutboxError> {
    tx.execute(
        "UPDATE commands SET state = ?2, waiting = NULL, trouble = ?3 WHERE id = ?1",
        params![id.to_string(), CommandState::NeedsPerson, serde_json::to_string(trouble)?],
    )?;
    Ok(())
}

/// The command waits and will be tried again.
///
/// `exposed` says that the text may have reached the backend; that is never forgotten again.
///
/// # Errors
/// [`OutboxError::Store`].
pub fn record_waiting(
    db: &Database,
    id: CommandId,
    waiting: Waiting,
    next_at: UtcMillis,
    exposed: bool,
) -> Result<(), OutboxError> {
    db.write(|tx| {
        tx.execute(
            "UPDATE commands SET state = ?2, waiting = ?3, next_at = ?4, attempts = attempts + 1,
               exposed = max(exposed, ?5) WHERE id = ?1 AND state = ?6",
            params![
                id.to_string(),
                CommandState::Queued,
                waiting,
                next_at.0,
                i64::from(exposed),
                CommandState::Sending
            ],
        )?;
        Ok(())
    })
}

/// Something changed (network, a new session, a tap): what waited for one of `reasons` is due now.
///
/// # Errors
/// [`OutboxError::Store`].
pub fn wake(db: &Database, reasons: &[Waiting]) -> Result<(), OutboxError> {
    db.write(|tx| {
        for reason in reasons {
            tx.execute(
                "UPDATE commands SET next_at = 0, attempts = 0 WHERE state = ?1 AND waiting = ?2",
                params![CommandState::Queued, reason],
            )?;
        }
        tx.execute(
            "UPDATE attachments SET next_at = 0, attempts = 0 WHERE state = ?1",
            [PhotoProgress::Waiting],
        )?;
        Ok(())
    })
}

/// Settles sent commands whose photos are all confirmed and whose days are past: their photo bytes
/// go, text and receipt stay. Gives the ids.
///
/// # Errors
/// [`OutboxError::Store`].
pub fn settle_due(db: &Database, now: UtcMillis) -> Result<Vec<CommandId>, OutboxError> {
    let settled = db.write(|tx| {
        let due = "SELECT id FROM commands WHERE state = 'sent' AND sent_at <= ?1 AND NOT EXISTS
                   (SELECT 1 FROM attachments WHERE owner = commands.id AND state <> 'confirmed')";
        let mut statement = tx.prepare_cached(due)?;
        let ids: Vec<CommandId> = statement
            .query_map([now.plus_millis(-KEEP_SENT_MS).0], |row| super::drafts::parse(row, 0))?
            .collect::<Result<_, _>>()?;
        for id in &ids {
            let id = id.to_string();
            tx.execute(
                "UPDATE commands SET state = ?2, settled_at = ?3 WHERE id = ?1",
                params![id, CommandState::Settled, now.0],
            )?;
            tx.execute(
                "DELETE FROM chunks WHERE attachment_id IN (SELECT id FROM attachments WHERE owner = ?1)",
                [&id],
            )?;
            let sql = "UPDATE attachments SET sealed_file = NULL, sealed_start = NULL WHERE owner = ?1";
            tx.execute(sql, [&id])?;
        }
        Ok::<_, OutboxError>(ids)
    })?;
    if !settled.is_empty() {
        pieces::sweep(db);
    }
    Ok(settled)
}

/// A feed began anew, so the backend was restored from a backup and may miss what it had confirmed:
/// everything that is still kept goes up again. What it does have gets the same receipt.
///
/// # Errors
/// [`OutboxError::Store`].
pub fn resend_all(db: &Database) -> Result<(), OutboxError> {
    db.write(|tx| {
        tx.execute(
            "UPDATE attachments SET state = ?1, sent_bytes = 0, next_at = 0 WHERE state = ?2
               AND owner IN (SELECT id FROM commands WHERE state = ?3)",
            params![PhotoProgress::Held, PhotoProgress::Confirmed, CommandState::Sent],
        )?;
        tx.execute(
            "UPDATE attachments SET state = ?1 WHERE state = ?2 AND owner IN (SELECT id FROM commands WHERE state = ?3)",
            params![PhotoProgress::Held, PhotoProgress::Waiting, CommandState::Sent],
        )?;
        tx.execute(
            "UPDATE commands SET state = ?1, receipt = NULL, attempts = 0, next_at = 0 WHERE state = ?2",
            params![CommandState::Queued, CommandState::Sent],
        )?;
        Ok(())
    })
}
