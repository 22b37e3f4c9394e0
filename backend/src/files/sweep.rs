//! Removing what no upload needs any more.

use citizen_contract::ids::{AttachmentId, CommandId};
use citizen_contract::time::UtcMillis;

use super::{Files, FilesError, Step, objects, rows};
use crate::db::{DbError, Row, WriteError};
use crate::params;

/// How long an unfinished upload is kept after its last byte.
pub const UNFINISHED_MS: i64 = 7 * 24 * 3600 * 1000;
/// How many uploads one sweep looks at.
const BATCH: i64 = 100;

/// Removes the parts of finished uploads that a crash left behind, and unfinished uploads that
/// nobody went on with. Answers how many it removed. A removed one starts again from byte 0.
///
/// # Errors
/// [`FilesError`]
pub async fn sweep(files: &Files) -> Result<usize, FilesError> {
    let oldest = UtcMillis(files.backend.clock.now().0.saturating_sub(UNFINISHED_MS));
    let stale = files
        .backend
        .db
        .read(move |tx| {
            tx.query(
                "SELECT command_id, attachment_id FROM uploads WHERE finished = 1 OR touched_at < ?1 \
                 ORDER BY touched_at LIMIT ?2",
                params![oldest.0, BATCH],
                ids,
            )
        })
        .await
        .map_err(WriteError::<DbError>::flatten)?;
    let count = stale.len();
    for (command, attachment) in stale {
        remove_parts(files, command, attachment).await?;
    }
    Ok(count)
}

/// Removes the objects, then the rows that lead to them.
pub(super) async fn remove_parts(
    files: &Files,
    command: CommandId,
    attachment: AttachmentId,
) -> Result<(), FilesError> {
    objects::remove_below(&files.backend.blobs, &objects::upload(command, attachment)).await?;
    files.faults.after(Step::PartsRemoved)?;
    files
        .backend
        .db
        .write(move |tx| rows::forget(tx, attachment))
        .await
        .map_err(WriteError::<DbError>::flatten)?;
    Ok(())
}

fn ids(row: &Row<'_>) -> Result<(CommandId, AttachmentId), DbError> {
    let wrong = |index| DbError::Column { index, wanted: "id", found: "text".to_owned() };
    Ok((row.text(0)?.parse().map_err(|_| wrong(0))?, row.text(1)?.parse().map_err(|_| wrong(1))?))
}
