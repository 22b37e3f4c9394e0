//! Taking back and deleting, both atomic against sending.

use citizen_contract::ids::{AttachmentId, CommandId};
use citizen_contract::time::UtcMillis;
use rusqlite::{Transaction, params};

use super::drafts::{Draft, insert, parse};
use super::outcome::park;
use super::{CommandState, OutboxError, PhotoProgress, Trouble, TroubleCode, pieces};
use crate::store::Database;

/// Turns a command that never left, or that was refused, back into a draft.
///
/// A refused one gets `fresh` as its id, because the backend has recorded a refusal under the old
/// one. Gives the draft, or `None` for an act without a form, which is only removed.
///
/// # Errors
/// [`OutboxError::OnItsWay`] if the backend may already have it.
pub fn recall(
    db: &Database,
    id: CommandId,
    fresh: CommandId,
    now: UtcMillis,
) -> Result<Option<Draft>, OutboxError> {
    let draft = db.write(|tx| {
        let found = Found::removable(tx, id)?;
        let new_id = if found.exposed { fresh } else { id };
        orphan_successors(tx, id)?;
        tx.execute("DELETE FROM commands WHERE id = ?1", [id.to_string()])?;
        let Some(form) = found.form else {
            tx.execute("DELETE FROM attachments WHERE owner = ?1", [id.to_string()])?;
            return Ok(None);
        };
        tx.execute(
            "UPDATE attachments SET owner = ?2, state = ?3, sent_bytes = 0, next_at = 0 WHERE owner = ?1",
            params![id.to_string(), new_id.to_string(), PhotoProgress::Held],
        )?;
        // A new report is named by its command, so a new command id means a new report id.
        let report_id = if found.lane == id.into() { new_id.into() } else { found.lane };
        let draft = Draft { id: new_id, kind: found.kind, report_id, form, created_at: now, saved_at: now };
        insert(tx, &draft)?;
        Ok::<_, OutboxError>(Some(draft))
    })?;
    if draft.is_none() {
        pieces::sweep(db);
    }
    Ok(draft)
}

/// Deletes a command that never left, or that was refused, because the person asked.
///
/// # Errors
/// [`OutboxError::OnItsWay`] if the backend may already have it.
pub fn delete(db: &Database, id: CommandId) -> Result<(), OutboxError> {
    db.write(|tx| {
        Found::removable(tx, id)?;
        orphan_successors(tx, id)?;
        tx.execute("DELETE FROM attachments WHERE owner = ?1", [id.to_string()])?;
        tx.execute("DELETE FROM commands WHERE id = ?1", [id.to_string()])?;
        Ok::<_, OutboxError>(())
    })?;
    pieces::sweep(db);
    Ok(())
}

/// Gives up one unreadable photo of a sent command; the others go on.
///
/// # Errors
/// [`OutboxError::Missing`] if the photo is not one that stopped its command.
pub fn drop_photo(db: &Database, command: CommandId, photo: AttachmentId) -> Result<(), OutboxError> {
    db.write(|tx| {
        let removed = tx.execute(
            "DELETE FROM attachments WHERE id = ?1 AND owner = ?2 AND state = ?3",
            params![photo.to_string(), command.to_string(), PhotoProgress::Unreadable],
        )?;
        if removed == 0 {
            return Err(OutboxError::Missing);
        }
        tx.execute(
            "UPDATE commands SET state = ?2, trouble = NULL WHERE id = ?1 AND receipt IS NOT NULL AND NOT EXISTS
               (SELECT 1 FROM attachments WHERE owner = ?1 AND state = ?3)",
            params![command.to_string(), CommandState::Sent, PhotoProgress::Unreadable],
        )?;
        Ok(())
    })?;
    pieces::sweep(db);
    Ok(())
}

struct Found {
    kind: String,
    lane: citizen_contract::ids::ReportId,
    form: Option<String>,
    exposed: bool,
}

impl Found {
    fn removable(tx: &Transaction<'_>, id: CommandId) -> Result<Self, OutboxError> {
        let sql = "SELECT kind, lane, form, exposed, state, receipt IS NOT NULL FROM commands WHERE id = ?1";
        let (found, state, receipted): (Self, CommandState, bool) =
            tx.query_row(sql, [id.to_string()], |row| {
                let found =
                    Self { kind: row.get(0)?, lane: parse(row, 1)?, form: row.get(2)?, exposed: row.get(3)? };
                Ok((found, row.get(4)?, row.get(5)?))
            })?;
        match state {
            CommandState::Queued if !found.exposed => Ok(found),
            CommandState::NeedsPerson if !receipted => Ok(Self { exposed: true, ..found }),
            _ => Err(OutboxError::OnItsWay),
        }
    }
}

/// What builds on a removed command cannot be sent as it is: the person decides about each.
fn orphan_successors(tx: &Transaction<'_>, id: CommandId) -> Result<(), OutboxError> {
    let mut heads = vec![id];
    while let Some(head) = heads.pop() {
        let mut statement =
            tx.prepare_cached("SELECT id FROM commands WHERE after = ?1 AND receipt IS NULL")?;
        let next: Vec<CommandId> =
            statement.query_map([head.to_string()], |row| parse(row, 0))?.collect::<Result<_, _>>()?;
        for successor in next {
            let trouble =
                Trouble { code: TroubleCode::PredecessorRemoved, problem: None, attachment_id: None };
            park(tx, successor, &trouble)?;
            heads.push(successor);
        }
    }
    Ok(())
}
