//! `DELETE /v1/sessions/current`: this device only.

use citizen_contract::audit::AuditAct;

use super::Identity;
use super::account::by_id;
use super::device::{device_id, gone_unless_signed_in};
use super::staff::note;
use super::token::Token;
use crate::db::{DbError, WriteError};
use crate::feeds;
use crate::params;

/// Ends the session of this access token at once, whatever tokens of it are still about. The caller
/// has recognised the token; an unknown one ends nothing.
///
/// # Errors
/// The database's.
pub async fn sign_out(identity: &Identity, token: &str) -> Result<(), DbError> {
    let Some(token) = Token::parse(token) else { return Ok(()) };
    let now = identity.backend.clock.now();
    let nudges = identity
        .backend
        .db
        .write(move |tx| {
            let ended = tx.query_opt(
                "UPDATE sessions SET revoked_at = ?3, successor_sealed = NULL WHERE id = ?1 \
                 AND (access_hash = ?2 OR previous_access_hash = ?2) AND revoked_at IS NULL \
                 RETURNING account_id, device_id",
                params![token.session(), token.hash(), now.0],
                |row| Ok((row.text(0)?, row.opt_text(1)?)),
            )?;
            if let Some((account, _)) = &ended {
                let account = by_id(tx, account)?;
                note(tx, &account, AuditAct::SignedOut, now)?;
            }
            if let Some((_, Some(device))) = &ended {
                // Whoever signs out leaves the desk to others: the second factor is asked for again.
                let sql = "UPDATE devices SET factor_at = NULL WHERE id = ?1 AND factor_at IS NOT NULL";
                tx.execute(sql, params![device])?;
            }
            let Some((account, Some(device))) = ended else { return Ok(Vec::new()) };
            // The device keeps its token: whoever signed out may sign in here again without a code.
            let change = gone_unless_signed_in(tx, &account, device_id(&device)?, now)?;
            feeds::bump(tx, change.as_slice())
        })
        .await
        .map_err(WriteError::<DbError>::flatten)?;
    identity.backend.nudges.tell(nudges);
    Ok(())
}
