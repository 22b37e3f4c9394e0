//! Drafts: saved at each change, sent only when the person says so.

use citizen_contract::ids::{CommandId, ReportId};
use citizen_contract::time::UtcMillis;
use rusqlite::{OptionalExtension as _, Row, Transaction, params};

use super::{OutboxError, pieces};
use crate::store::{Database, StoreError};

/// A draft. The form is JSON that belongs to the slice of the kind; this room never reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Minted at the first keystroke; becomes the command's id.
    pub id: CommandId,
    /// The command kind that it will be, such as `report.submit`.
    pub kind: String,
    /// The report it is about; for a new report the one that it will make.
    pub report_id: ReportId,
    /// JSON of the slice.
    pub form: String,
    /// When it was begun.
    pub created_at: UtcMillis,
    /// When it was last saved.
    pub saved_at: UtcMillis,
}

/// Saves a draft, new or changed. When this returns, a crash does not lose it.
///
/// # Errors
/// [`OutboxError::Missing`] if it was sent meanwhile, or [`OutboxError::Store`]; the draft is then
/// as it was before.
pub fn save(db: &Database, draft: &Draft) -> Result<(), OutboxError> {
    db.write(|tx| {
        // A draft that became a command must not begin anew under the command's id.
        let sql = "SELECT EXISTS (SELECT 1 FROM commands WHERE id = ?1)";
        if tx.query_row(sql, [draft.id.to_string()], |row| row.get(0))? {
            return Err(OutboxError::Missing);
        }
        insert(tx, draft)
    })
}

/// Changes the form of a draft: read, changed and written in one transaction, so that sending
/// comes before the change or after it and never in between. Gives the draft as it is now.
///
/// # Errors
/// [`OutboxError::Missing`] if there is none (any more), or whatever `changed` refuses; the draft is
/// then as it was before.
pub fn change(
    db: &Database,
    id: CommandId,
    now: UtcMillis,
    changed: impl FnOnce(&str) -> Result<String, OutboxError>,
) -> Result<Draft, OutboxError> {
    db.write(|tx| {
        let mut draft = tx.query_row(ONE, [id.to_string()], read)?;
        draft.form = changed(&draft.form)?;
        draft.saved_at = now;
        insert(tx, &draft)?;
        Ok(draft)
    })
}

const ONE: &str = "SELECT id, kind, report_id, form, created_at, saved_at FROM drafts WHERE id = ?1";

pub(super) fn insert(tx: &Transaction<'_>, draft: &Draft) -> Result<(), OutboxError> {
    tx.execute(
        "INSERT INTO drafts (id, kind, report_id, form, created_at, saved_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (id) DO UPDATE SET form = excluded.form, saved_at = excluded.saved_at",
        params![
            draft.id.to_string(),
            draft.kind,
            draft.report_id.to_string(),
            draft.form,
            draft.created_at.0,
            draft.saved_at.0
        ],
    )?;
    Ok(())
}

/// One draft.
///
/// # Errors
/// [`OutboxError::Missing`] if there is none with this id.
pub fn get(db: &Database, id: CommandId) -> Result<Draft, OutboxError> {
    db.read(|tx| Ok(tx.query_row(ONE, [id.to_string()], read)?))
}

/// The most recently saved draft of a kind.
///
/// # Errors
/// [`OutboxError::Store`].
pub fn latest(db: &Database, kind: &str) -> Result<Option<Draft>, OutboxError> {
    let sql = "SELECT id, kind, report_id, form, created_at, saved_at FROM drafts
               WHERE kind = ?1 ORDER BY saved_at DESC, id DESC LIMIT 1";
    db.read(|tx| Ok(tx.query_row(sql, [kind], read).optional()?))
}

/// The draft of a kind on one report.
///
/// # Errors
/// [`OutboxError::Store`].
pub fn on_report(db: &Database, kind: &str, report: ReportId) -> Result<Option<Draft>, OutboxError> {
    let sql = "SELECT id, kind, report_id, form, created_at, saved_at FROM drafts
               WHERE kind = ?1 AND report_id = ?2 ORDER BY saved_at DESC LIMIT 1";
    db.read(|tx| Ok(tx.query_row(sql, params![kind, report.to_string()], read).optional()?))
}

/// Deletes a draft with its photos, because the person asked.
///
/// # Errors
/// [`OutboxError::Missing`] if there is none with this id.
pub fn delete(db: &Database, id: CommandId) -> Result<(), OutboxError> {
    db.write(|tx| {
        let id = id.to_string();
        if tx.execute("DELETE FROM drafts WHERE id = ?1", [&id])? == 0 {
            return Err(OutboxError::Missing);
        }
        tx.execute("DELETE FROM attachments WHERE owner = ?1", [&id])?;
        Ok(())
    })?;
    pieces::sweep(db);
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<Draft> {
    Ok(Draft {
        id: parse(row, 0)?,
        kind: row.get(1)?,
        report_id: parse(row, 2)?,
        form: row.get(3)?,
        created_at: UtcMillis(row.get(4)?),
        saved_at: UtcMillis(row.get(5)?),
    })
}

/// Reads an id that this program wrote.
pub(crate) fn parse<T: std::str::FromStr>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    text.parse().map_err(|_| {
        let shape = Box::new(StoreError::Shape);
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, shape)
    })
}
