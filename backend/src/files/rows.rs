//! The rows of uploads and their parts.

use citizen_contract::ids::AttachmentId;
use citizen_contract::time::UtcMillis;
use object_store::path::Path;

use super::UploadKey;
use crate::db::{DbError, Tx};
use crate::params;

/// An upload on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Upload {
    pub(super) generation: i64,
    pub(super) received: u64,
    /// Whether the attachment counts as received and only the sweep is left.
    pub(super) finished: bool,
}

/// The upload's row.
pub(super) fn find(tx: &mut Tx<'_>, attachment: AttachmentId) -> Result<Option<Upload>, DbError> {
    tx.query_opt(
        "SELECT generation, received, finished FROM uploads WHERE attachment_id = ?1",
        params![attachment.to_string()],
        |row| {
            Ok(Upload {
                generation: row.int(0)?,
                received: u64::try_from(row.int(1)?).unwrap_or(0),
                finished: row.int(2)? != 0,
            })
        },
    )
}

/// Makes the row if there is none.
pub(super) fn open(tx: &mut Tx<'_>, key: &UploadKey, now: UtcMillis) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO uploads (attachment_id, command_id, generation, received, finished, touched_at) \
         VALUES (?1, ?2, 0, 0, 0, ?3) ON CONFLICT (attachment_id) DO NOTHING",
        params![key.attachment.to_string(), key.command.to_string(), now.0],
    )
    .map(|_| ())
}

/// A part whose object is durable.
pub(super) struct Part {
    pub(super) generation: i64,
    pub(super) start: u64,
    pub(super) length: u64,
    pub(super) object: Path,
}

/// Adds a part at the end; false if the upload does not end there (any more).
pub(super) fn add_part(
    tx: &mut Tx<'_>,
    attachment: AttachmentId,
    part: &Part,
    now: UtcMillis,
) -> Result<bool, DbError> {
    let (start, length) = (signed(part.start), signed(part.length));
    let moved = tx.execute(
        "UPDATE uploads SET received = ?4, touched_at = ?5 \
         WHERE attachment_id = ?1 AND generation = ?2 AND received = ?3 AND finished = 0",
        params![attachment.to_string(), part.generation, start, start.saturating_add(length), now.0],
    )?;
    if moved == 0 {
        return Ok(false);
    }
    tx.execute(
        "INSERT INTO upload_parts (attachment_id, generation, start, length, object) \
         VALUES (?1, ?2, ?3, ?4, ?5)",
        params![attachment.to_string(), part.generation, start, length, part.object.as_ref()],
    )?;
    Ok(true)
}

/// The objects of a generation in order.
pub(super) fn parts(
    tx: &mut Tx<'_>,
    attachment: AttachmentId,
    generation: i64,
) -> Result<Vec<Path>, DbError> {
    tx.query(
        "SELECT object FROM upload_parts WHERE attachment_id = ?1 AND generation = ?2 ORDER BY start",
        params![attachment.to_string(), generation],
        |row| row.text(0).map(Path::from),
    )
}

/// Starts again from byte 0, unless somebody else did so.
pub(super) fn start_again(
    tx: &mut Tx<'_>,
    attachment: AttachmentId,
    generation: i64,
    now: UtcMillis,
) -> Result<(), DbError> {
    let again = tx.execute(
        "UPDATE uploads SET received = 0, generation = generation + 1, touched_at = ?3 \
         WHERE attachment_id = ?1 AND generation = ?2 AND finished = 0",
        params![attachment.to_string(), generation, now.0],
    )?;
    if again == 1 {
        tx.execute(
            "DELETE FROM upload_parts WHERE attachment_id = ?1 AND generation = ?2",
            params![attachment.to_string(), generation],
        )?;
    }
    Ok(())
}

/// Marks that only the sweep is left.
pub(super) fn finish(tx: &mut Tx<'_>, attachment: AttachmentId) -> Result<(), DbError> {
    tx.execute("UPDATE uploads SET finished = 1 WHERE attachment_id = ?1", params![attachment.to_string()])
        .map(|_| ())
}

/// Forgets an upload.
pub(super) fn forget(tx: &mut Tx<'_>, attachment: AttachmentId) -> Result<(), DbError> {
    tx.execute("DELETE FROM upload_parts WHERE attachment_id = ?1", params![attachment.to_string()])?;
    tx.execute("DELETE FROM uploads WHERE attachment_id = ?1", params![attachment.to_string()]).map(|_| ())
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
