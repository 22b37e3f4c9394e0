//! What is to be uploaded and how far it is, in the outbox's tables.

use citizen_contract::command::Envelope;
use citizen_contract::ids::AttachmentId;
use citizen_contract::time::UtcMillis;
use rusqlite::{OptionalExtension as _, params};

use crate::outbox::attachments::{Attachment, COLUMNS, read};
use crate::outbox::{LONGEST_WAIT_MS, OutboxError, PhotoProgress, Trouble, TroubleCode};
use crate::store::Database;

/// A photo whose command has its receipt and whose time has come.
pub(super) struct DuePhoto {
    pub photo: Attachment,
    pub attempts: u32,
    /// Whether it is the only one of its command that is still missing.
    pub last: bool,
}

/// What there is to upload.
pub(super) enum PhotoDue {
    Now(Box<DuePhoto>),
    At(Option<UtcMillis>),
}

/// The first photo of the oldest sent command.
pub(super) fn next_due(db: &Database, now: UtcMillis) -> Result<PhotoDue, OutboxError> {
    db.read(|tx| {
        let sql = format!(
            "SELECT {COLUMNS}, attempts, (SELECT count(*) FROM attachments AS other
               WHERE other.owner = attachments.owner AND other.state <> 'confirmed') = 1
             FROM attachments WHERE state = 'waiting' AND (next_at <= ?1 OR next_at > ?2)
             ORDER BY (SELECT seq FROM commands WHERE id = attachments.owner), position LIMIT 1"
        );
        let due = tx
            .query_row(&sql, params![now.0, now.plus_millis(LONGEST_WAIT_MS).0], |row| {
                Ok(DuePhoto { photo: read(row)?, attempts: row.get(10)?, last: row.get(11)? })
            })
            .optional()?;
        if let Some(due) = due {
            return Ok(PhotoDue::Now(Box::new(due)));
        }
        let next: Option<i64> =
            tx.query_row("SELECT min(next_at) FROM attachments WHERE state = 'waiting'", [], |row| {
                row.get(0)
            })?;
        Ok(PhotoDue::At(next.map(UtcMillis)))
    })
}

/// The backend has the bytes before `offset`.
pub(super) fn record_offset(
    db: &Database,
    id: AttachmentId,
    offset: u64,
    complete: bool,
) -> Result<(), OutboxError> {
    let state = if complete { PhotoProgress::Confirmed } else { PhotoProgress::Waiting };
    db.write(|tx| {
        tx.execute(
            "UPDATE attachments SET sent_bytes = ?2, state = ?3, attempts = 0, next_at = 0
             WHERE id = ?1 AND state = 'waiting'",
            params![id.to_string(), offset, state],
        )?;
        Ok(())
    })
}

/// The photo is tried again at `at`.
pub(super) fn record_wait(db: &Database, id: AttachmentId, at: UtcMillis) -> Result<(), OutboxError> {
    db.write(|tx| {
        tx.execute(
            "UPDATE attachments SET attempts = attempts + 1, next_at = ?2 WHERE id = ?1",
            params![id.to_string(), at.0],
        )?;
        Ok(())
    })
}

/// Whether the text of the photo's command names it; only then does the backend take it.
pub(super) fn is_declared(db: &Database, photo: &Attachment) -> Result<bool, OutboxError> {
    db.read(|tx| {
        let sql = "SELECT text FROM commands WHERE id = ?1";
        let text: String = tx.query_row(sql, [photo.owner.to_string()], |row| row.get(0))?;
        let envelope: Envelope = serde_json::from_str(&text)?;
        Ok(envelope.attachments.iter().any(|declared| declared.id == photo.declaration.id))
    })
}

/// The photo cannot go up: its command asks the person, the other photos go on.
pub(super) fn record_stopped(
    db: &Database,
    photo: &Attachment,
    code: TroubleCode,
) -> Result<(), OutboxError> {
    db.write(|tx| {
        tx.execute(
            "UPDATE attachments SET state = ?2 WHERE id = ?1",
            params![photo.declaration.id.to_string(), PhotoProgress::Unreadable],
        )?;
        let trouble = Trouble { code, problem: None, attachment_id: Some(photo.declaration.id) };
        crate::outbox::park(tx, photo.owner, &trouble)
    })
}
