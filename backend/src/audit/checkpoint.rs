//! Signing where the chain stands.

use citizen_contract::time::UtcMillis;
use serde::{Deserialize, Serialize};

use crate::db::{DbError, Tx};
use crate::params;
use crate::receipts::Signer;

/// The payload of a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Checkpoint {
    /// The last entry.
    pub(super) seq: i64,
    /// Its hash, in hexadecimal.
    pub(super) head: String,
    /// When it was signed.
    pub(super) at: UtcMillis,
}

/// Signs the end of the chain if it moved since the checkpoint before.
///
/// # Errors
/// [`DbError`] of the room.
pub fn checkpoint(tx: &mut Tx<'_>, signer: &Signer, now: UtcMillis) -> Result<bool, DbError> {
    let end = tx.query_opt(
        "SELECT entries, head FROM audit_head WHERE one = 1 \
         AND entries > COALESCE((SELECT MAX(seq) FROM audit_checkpoints), 0)",
        params![],
        |row| Ok((row.int(0)?, row.bytes(1)?)),
    )?;
    let Some((seq, head)) = end else { return Ok(false) };
    let signed = signer.audit_checkpoint(&Checkpoint { seq, head: hex::encode(head), at: now });
    let signed = serde_json::to_string(&signed).unwrap_or_default();
    tx.execute("INSERT INTO audit_checkpoints (seq, signed) VALUES (?1, ?2)", params![seq, signed])?;
    Ok(true)
}
