//! Rows of attempts with the national identification. What belongs to one lies sealed, and goes when the
//! attempt is used; the row stays until its time is over, so that attempts are counted.

use citizen_contract::ids::{AccountId, IdentityCheckId};
use citizen_contract::time::UtcMillis;
use serde::{Deserialize, Serialize};

use super::Identity;
use crate::db::{DbError, Tx};
use crate::national_id::Ask;
use crate::params;

/// How long an attempt may take: a sign-in in a browser, perhaps with a second device.
pub(super) const LASTS_MS: i64 = 15 * 60 * 1000;
/// Attempts of one account within that time.
const MOST: i64 = 8;

/// What is sealed into a row.
#[derive(Serialize, Deserialize)]
struct Sealed {
    redirect_uri: String,
    state: String,
    nonce: String,
    code_challenge: String,
}

fn sealed_as(id: IdentityCheckId) -> Vec<u8> {
    [id.0.as_bytes().as_slice(), b"national"].concat()
}

/// An attempt's secrets as the database keeps them.
pub(super) fn seal(identity: &Identity, id: IdentityCheckId, ask: &Ask) -> Option<Vec<u8>> {
    let Ask { redirect_uri, state, nonce, code_challenge } = ask.clone();
    let text = serde_json::to_string(&Sealed { redirect_uri, state, nonce, code_challenge }).ok()?;
    identity.numbers.seal_text(&text, &sealed_as(id), identity.backend.random.as_ref())
}

/// Keeps an attempt. Answers whether the account had one left.
pub(super) fn insert(
    tx: &mut Tx<'_>,
    id: IdentityCheckId,
    account: AccountId,
    sealed: &[u8],
    now: UtcMillis,
) -> Result<bool, DbError> {
    sweep(tx, now)?;
    let added = tx.execute(
        "INSERT INTO national_attempts (id, account_id, secrets_sealed, created_at, expires_at) \
         SELECT ?1, ?2, ?3, ?4, ?5 \
         WHERE (SELECT COUNT(*) FROM national_attempts WHERE account_id = ?2) < ?6",
        params![id.to_string(), account.to_string(), sealed, now.0, now.plus_millis(LASTS_MS).0, MOST],
    )?;
    Ok(added == 1)
}

/// The attempt, if it is this account's and can still be finished.
pub(super) fn load(
    tx: &mut Tx<'_>,
    id: IdentityCheckId,
    account: AccountId,
    now: UtcMillis,
) -> Result<Option<Vec<u8>>, DbError> {
    let sealed = tx.query_opt(
        "SELECT secrets_sealed FROM national_attempts WHERE id = ?1 AND account_id = ?2 AND expires_at > ?3",
        params![id.to_string(), account.to_string(), now.0],
        |row| row.bytes(0),
    )?;
    Ok(sealed.filter(|sealed| !sealed.is_empty()))
}

/// What [`seal`] sealed.
pub(super) fn unseal(identity: &Identity, id: IdentityCheckId, sealed: &[u8]) -> Option<Ask> {
    let text = identity.numbers.unseal_text(sealed, &sealed_as(id))?;
    let Sealed { redirect_uri, state, nonce, code_challenge } = serde_json::from_str(&text).ok()?;
    Some(Ask { redirect_uri, state, nonce, code_challenge })
}

/// The attempt is over. Answers whether nobody was faster.
pub(super) fn use_up(tx: &mut Tx<'_>, id: IdentityCheckId) -> Result<bool, DbError> {
    let used = tx.execute(
        "UPDATE national_attempts SET secrets_sealed = ?2 WHERE id = ?1 AND secrets_sealed <> ?2",
        params![id.to_string(), [].as_slice()],
    )?;
    Ok(used == 1)
}

/// Removes attempts whose time is over.
pub(super) fn sweep(tx: &mut Tx<'_>, now: UtcMillis) -> Result<(), DbError> {
    tx.execute("DELETE FROM national_attempts WHERE expires_at <= ?1", params![now.0]).map(|_| ())
}
