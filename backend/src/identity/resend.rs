//! `POST /v1/challenges/{id}/resend`: another code for the same challenge, in place of the one before.

use citizen_contract::ids::ChallengeId;
use citizen_contract::phone::Phone;
use citizen_contract::registration::{Challenge, ChallengeKind};
use citizen_contract::time::UtcMillis;

use super::challenge::{CODE_MS, ChallengeRow, LIFE_MS, Payload, RESEND_MS, load};
use super::code_limits::Scope;
use super::codes::{CodeError, CodeSent, Drawn, admitted, counted, deliver, seconds};
use super::{Identity, Origin};
use crate::db::{DbError, Tx, WriteError};
use crate::params;

/// No other code was sent; the one before serves on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResendError {
    /// Used, tried too often, too old or never there.
    #[error("the challenge is over")]
    Over,
    /// Too soon or too often, or not delivered.
    #[error(transparent)]
    Code(#[from] CodeError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Sends another code. Tries that were made count on: more codes are no more guesses.
///
/// # Errors
/// [`ResendError`]
pub async fn resend(identity: &Identity, id: ChallengeId, origin: Origin) -> Result<CodeSent, ResendError> {
    let now = identity.backend.clock.now();
    let read = move |tx: &mut Tx<'_>| load(tx, id);
    let found = identity.backend.db.read(read).await.map_err(WriteError::<DbError>::flatten)?;
    let row = found.ok_or(ResendError::Over)?;
    let kind = row.kind().ok_or(ResendError::Over)?;
    let payload = Payload::unseal(&identity.numbers, id, &row.payload_sealed);
    let phone = payload.and_then(|payload| Phone::from_e164(&payload.phone)).ok_or(ResendError::Over)?;
    let ask = counted(identity, &phone, origin);
    let drawn = Drawn::for_challenge(identity, id);
    let hash = drawn.hash;
    let (today, tries_left) = identity
        .backend
        .db
        .write(move |tx| {
            let row = load(tx, id)?.ok_or(ResendError::Over)?;
            may_be_resent(&row, now)?;
            let today = admitted(ask.admit(tx)?)?;
            replace(tx, id, &hash, now)?;
            Ok::<_, ResendError>((today, row.tries_left))
        })
        .await
        .map_err(WriteError::flatten)?;
    deliver(identity, kind, &phone, drawn.code).await?;
    let challenge = Challenge {
        id,
        expires_at: now.plus_millis(CODE_MS),
        resend_after: now.plus_millis(RESEND_MS),
        tries_left: u8::try_from(tries_left).unwrap_or(0),
        phone_hint: phone.to_string(),
        kind: ChallengeKind::Phone,
    };
    Ok(CodeSent { challenge, today })
}

fn may_be_resent(row: &ChallengeRow, now: UtcMillis) -> Result<(), ResendError> {
    let alive = row.finished_at.is_none() && row.tries_left > 0;
    let ends = row.created_at.saturating_add(LIFE_MS);
    if !alive || now.0 >= ends {
        return Err(ResendError::Over);
    }
    let wait_until = if row.resends_left > 0 { row.resend_after } else { ends };
    if now.0 < wait_until {
        let retry_after_s = seconds(wait_until.saturating_sub(now.0));
        return Err(CodeError::TooOften { scope: Scope::Phone, retry_after_s }.into());
    }
    Ok(())
}

fn replace(tx: &mut Tx<'_>, id: ChallengeId, hash: &[u8; 32], now: UtcMillis) -> Result<(), DbError> {
    tx.execute(
        "UPDATE challenges SET code_hash = ?2, expires_at = ?3, resend_after = ?4, \
         resends_left = resends_left - 1 WHERE id = ?1",
        params![id.to_string(), hash, now.plus_millis(CODE_MS).0, now.plus_millis(RESEND_MS).0],
    )
    .map(|_| ())
}
