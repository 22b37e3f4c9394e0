//! From a bearer token to who is asking.

use citizen_contract::ids::DeviceId;
use citizen_contract::session::AccountView;
use citizen_contract::time::UtcMillis;
use citizen_contract::working_time::CivilDate;

use super::Identity;
use super::account::by_id;
use super::device::device_id;
use super::representative::has_consented;
use super::staff::StaffRules;
use super::token::{Token, same};
use crate::db::{DbError, Tx, WriteError};
use crate::params;

/// Who is asking, and until when to believe it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recognised {
    /// Who, with the roles of this moment.
    pub account: AccountView,
    /// When the token ends, or before it the session for want of use.
    pub expires_at: UtcMillis,
    /// The device of the session, where it has one.
    pub device: Option<DeviceId>,
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
    let rules = identity.staff;
    identity
        .backend
        .db
        .read(move |tx| holder(tx, &rules, &token, now, today))
        .await
        .map_err(WriteError::flatten)
}

fn holder(
    tx: &mut Tx<'_>,
    rules: &StaffRules,
    token: &Token,
    now: UtcMillis,
    today: CivilDate,
) -> Result<Option<Recognised>, DbError> {
    let session = tx.query_opt(
        "SELECT account_id, access_hash, access_expires_at, previous_access_hash, previous_access_expires_at, \
         created_at, used_at, device_id FROM sessions WHERE id = ?1 AND revoked_at IS NULL AND ends_at > ?2",
        params![token.session(), now.0],
        |row| {
            let tokens = ((row.bytes(1)?, row.int(2)?), (row.opt_bytes(3)?, row.opt_int(4)?));
            Ok((row.text(0)?, tokens, (row.int(5)?, row.opt_int(6)?), row.opt_text(7)?))
        },
    )?;
    let Some((account, tokens, (created_at, used_at), device)) = session else { return Ok(None) };
    let ((current, expires), (previous, previous_expires)) = tokens;
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
    let account = rules.shown(by_id(tx, &id)?);
    let ends = rules.ends(&account, created_at, used_at);
    if account.locked || ends.is_some_and(|ends| ends <= now) {
        return Ok(None);
    }
    let expires = ends.map_or(expires, |ends| ends.0.min(expires));
    let under_16 = account.child_until.is_some_and(|until| today < until);
    let child = under_16 && !has_consented(tx, &id)?;
    let device = device.as_deref().map(device_id).transpose()?;
    Ok(Some(Recognised { account: account.view, expires_at: UtcMillis(expires), device, child }))
}
