//! From a bearer token to who is asking.

use citizen_contract::session::AccountView;
use citizen_contract::time::UtcMillis;
use citizen_contract::working_time::CivilDate;

use super::Identity;
use super::account::by_id;
use super::representative::has_consented;
use super::token::{Token, same};
use crate::db::{DbError, Tx, WriteError};
use crate::params;

/// Who is asking, and until when to believe it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recognised {
    /// Who, with the roles of this moment.
    pub account: AccountView,
    /// When the token ends.
    pub expires_at: UtcMillis,
    /// Whether the person is under 16 today and no representative has confirmed anything.
    pub child: bool,
}

/// Who holds this access token; nobody if it is forged, over or revoked.
///
/// # Errors
/// The database's.
pub async fn recognise(identity: &Identity, token: &str) -> Result<Option<Recognised>, DbError> {
    let Some(token) = Token::parse(token) else { return Ok(None) };
    let now = identity.backend.clock.now();
    let today = identity.backend.profile.calendar.day_of(now);
    identity.backend.db.read(move |tx| holder(tx, &token, now, today)).await.map_err(WriteError::flatten)
}

fn holder(
    tx: &mut Tx<'_>,
    token: &Token,
    now: UtcMillis,
    today: CivilDate,
) -> Result<Option<Recognised>, DbError> {
    let session = tx.query_opt(
        "SELECT account_id, access_hash, access_expires_at, previous_access_hash, previous_access_expires_at \
         FROM sessions WHERE id = ?1 AND revoked_at IS NULL AND ends_at > ?2",
        params![token.session(), now.0],
        |row| Ok((row.text(0)?, (row.bytes(1)?, row.int(2)?), (row.opt_bytes(3)?, row.opt_int(4)?))),
    )?;
    let Some((account, (current, expires), (previous, previous_expires))) = session else { return Ok(None) };
    let hash = token.hash();
    let expires = if same(&current, &hash) {
        expires
    } else if previous.is_some_and(|previous| same(&previous, &hash)) {
        // Requests already on their way when the tokens were changed must not fail.
        previous_expires.unwrap_or(0)
    } else {
        return Ok(None);
    };
    if expires <= now.0 {
        return Ok(None);
    }
    let id = account;
    let account = by_id(tx, &id)?;
    let under_16 = account.child_until.is_some_and(|until| today < until);
    let child = under_16 && !has_consented(tx, &id)?;
    Ok(Some(Recognised { account: account.view, expires_at: UtcMillis(expires), child }))
}
