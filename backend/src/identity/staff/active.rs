//! `POST /v1/sessions/current/active`: the person is there, also if they only read what the device has.

use super::super::Identity;
use super::super::token::Token;
use crate::db::{DbError, WriteError};
use crate::params;

/// How fine the last use of a session is kept.
const FINE_MS: i64 = 60 * 1000;

/// Notes that the person did something in this session.
///
/// # Errors
/// The database's.
pub async fn active(identity: &Identity, token: &str) -> Result<(), DbError> {
    let Some(token) = Token::parse(token) else { return Ok(()) };
    let now = identity.backend.clock.now();
    identity
        .backend
        .db
        .write(move |tx| {
            tx.execute(
                "UPDATE sessions SET used_at = ?2 WHERE id = ?1 AND COALESCE(used_at, created_at) < ?3",
                params![token.session(), now.0, now.0.saturating_sub(FINE_MS)],
            )
        })
        .await
        .map_err(WriteError::flatten)
        .map(|_| ())
}
