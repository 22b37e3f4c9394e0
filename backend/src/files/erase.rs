//! Removing the bytes of attachments that were erased.

use citizen_contract::ids::{AttachmentId, CommandId};
use citizen_contract::time::UtcMillis;

use super::{Files, FilesError, objects, rows};
use crate::db::{DbError, Tx, WriteError};
use crate::ledger::word;
use crate::params;

/// No request lasts so long; after that nothing can store bytes of an erased attachment any more.
const SETTLED_MS: i64 = 60 * 60 * 1000;

/// Remembers attachments whose bytes must go, in the transaction that erases what names them: a crash
/// before [`wipe`] forgets nothing.
///
/// # Errors
/// The database's.
pub fn erase(
    tx: &mut Tx<'_>,
    attachments: &[(CommandId, AttachmentId)],
    now: UtcMillis,
) -> Result<(), DbError> {
    for (command, attachment) in attachments {
        tx.execute(
            "INSERT INTO erased_files (attachment_id, command_id, erased_at) VALUES (?1, ?2, ?3) \
             ON CONFLICT (attachment_id) DO NOTHING",
            params![attachment.to_string(), command.to_string(), now.0],
        )?;
    }
    Ok(())
}

/// Removes originals, derivatives and parts of all attachments that were erased. Answers how many
/// attachments it looked at; those of the last hour are looked at again.
///
/// # Errors
/// [`FilesError`]; what is left is removed next time.
pub async fn wipe(files: &Files) -> Result<usize, FilesError> {
    let settled = UtcMillis(files.backend.clock.now().0.saturating_sub(SETTLED_MS));
    let erased: Vec<(CommandId, AttachmentId)> = files
        .backend
        .db
        .read(move |tx| {
            tx.query("SELECT command_id, attachment_id FROM erased_files", params![], |row| {
                Ok((word::id(&row.text(0)?, 0)?, word::id(&row.text(1)?, 1)?))
            })
        })
        .await
        .map_err(WriteError::<DbError>::flatten)?;
    let count = erased.len();
    for (command, attachment) in erased {
        objects::remove_below(&files.backend.blobs, &objects::blobs(attachment)).await?;
        objects::remove_below(&files.backend.blobs, &objects::upload(command, attachment)).await?;
        files
            .backend
            .db
            .write(move |tx| {
                rows::forget(tx, attachment)?;
                tx.execute(
                    "DELETE FROM erased_files WHERE attachment_id = ?1 AND erased_at < ?2",
                    params![attachment.to_string(), settled.0],
                )
            })
            .await
            .map_err(WriteError::<DbError>::flatten)?;
    }
    Ok(count)
}
