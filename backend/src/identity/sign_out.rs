//! `DELETE /v1/sessions/current`: this device only.

use super::Identity;
use super::token::Token;
use crate::db::{DbError, WriteError};
use crate::params;

/// Ends the session of this access token at once, whatever tokens of it are still about. The caller
/// has recognised the token; an unknown one ends nothing.
///
/// # Errors
/// The database's.
pub async fn sign_out(identity: &Identity, token: &str) -> Result<(), DbError> {
    let Some(token) = Token::parse(token) else { return Ok(()) };
    let now = identity.backend.clock.now();
    identity
        .backend
        .db
        .write(move |tx| {
            tx.execute(
                "UPDATE sessions SET revoked_at = ?3, successor_sealed = NULL WHERE id = ?1 \
                 AND (access_hash = ?2 OR previous_access_hash = ?2) AND revoked_at IS NULL",
                params![token.session(), token.hash(), now.0],
            )
            .map(|_| ())
        })
        .await
        .map_err(WriteError::flatten)
}
