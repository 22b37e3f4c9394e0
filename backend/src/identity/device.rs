//! Rows of devices, and how other devices of an account are told.

use std::collections::BTreeMap;

use citizen_contract::devices::Device;
use citizen_contract::ids::DeviceId;
use citizen_contract::time::UtcMillis;
use citizen_contract::working_time::CivilDate;

use super::token::Token;
use crate::db::{DbError, Row, Tx, Value};
use crate::feeds::Change;
use crate::params;

/// How long a device that is signed in nowhere keeps its token, in days.
const FORGOTTEN_DAYS: i64 = 400;

/// A device that signs in for the first time.
pub(super) struct NewDevice {
    pub(super) id: DeviceId,
    pub(super) name: String,
    pub(super) token: Token,
}

impl NewDevice {
    pub(super) fn insert(
        &self,
        tx: &mut Tx<'_>,
        account: &str,
        now: UtcMillis,
        today: CivilDate,
    ) -> Result<(), DbError> {
        tx.execute(
            "INSERT INTO devices (id, account_id, name, token_hash, since, last_seen_day, revision) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1)",
            params![self.id.to_string(), account, self.name.as_str(), self.token.hash(), now.0, today.days()],
        )
        .map(|_| ())
    }
}

/// The device of this account that holds the token.
pub(super) fn known(tx: &mut Tx<'_>, account: &str, token: &Token) -> Result<Option<DeviceId>, DbError> {
    let found = tx.query_opt(
        "SELECT id FROM devices WHERE id = ?1 AND account_id = ?2 AND token_hash = ?3",
        params![uuid_text(token), account, token.hash()],
        |row| device_id(&row.text(0)?),
    )?;
    Ok(found)
}

/// A device's token begins with the device's id.
fn uuid_text(token: &Token) -> String {
    let hex = hex::encode(token.session());
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    format!("{}-{}-{}-{}-{}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32))
}

/// Notes the day on which a device was heard of; answers what its account's devices are told, if they
/// would see a difference.
pub(super) fn heard_of(tx: &mut Tx<'_>, id: DeviceId, today: CivilDate) -> Result<Option<Change>, DbError> {
    moved(
        tx,
        "UPDATE devices SET last_seen_day = ?2, revision = revision + 1 \
         WHERE id = ?1 AND last_seen_day <> ?2 RETURNING account_id, revision",
        id,
        params![id.to_string(), today.days()],
    )
}

/// Notes that a device signed in again.
pub(super) fn signed_in(
    tx: &mut Tx<'_>,
    id: DeviceId,
    today: CivilDate,
    now: UtcMillis,
) -> Result<Option<Change>, DbError> {
    moved(
        tx,
        "UPDATE devices SET last_seen_day = ?2, since = ?3, revision = revision + 1 \
         WHERE id = ?1 RETURNING account_id, revision",
        id,
        params![id.to_string(), today.days(), now.0],
    )
}

fn moved(tx: &mut Tx<'_>, sql: &str, id: DeviceId, params: &[Value]) -> Result<Option<Change>, DbError> {
    let moved = tx.query_opt(sql, params, |row| Ok((row.text(0)?, row.int(1)?)))?;
    Ok(moved.map(|(account, revision)| change(&account, id, revision, false)))
}

/// Removes the rows of sessions that are over. Answers what devices of their accounts are told.
pub(super) fn sweep_sessions(tx: &mut Tx<'_>, now: UtcMillis) -> Result<Vec<Change>, DbError> {
    let over = tx.query(
        "DELETE FROM sessions WHERE ends_at <= ?1 RETURNING account_id, device_id",
        params![now.0],
        |row| Ok((row.text(0)?, row.opt_text(1)?)),
    )?;
    let mut changes = Vec::new();
    for (account, device) in over {
        let Some(device) = device else { continue };
        changes.extend(gone_unless_signed_in(tx, &account, device_id(&device)?, now)?);
    }
    Ok(changes)
}

/// Forgets devices long unheard of.
pub(super) fn sweep(tx: &mut Tx<'_>, today: CivilDate) -> Result<(), DbError> {
    tx.execute(
        "DELETE FROM devices WHERE last_seen_day < ?1 \
         AND NOT EXISTS (SELECT 1 FROM sessions WHERE sessions.device_id = devices.id)",
        params![today.days().saturating_sub(FORGOTTEN_DAYS)],
    )
    .map(|_| ())
}

/// A tombstone, unless another session keeps the device signed in.
pub(super) fn gone_unless_signed_in(
    tx: &mut Tx<'_>,
    account: &str,
    id: DeviceId,
    now: UtcMillis,
) -> Result<Option<Change>, DbError> {
    if find(tx, account, Some(id), now)?.is_empty() { gone(tx, account, id).map(Some) } else { Ok(None) }
}

/// A tombstone.
pub(super) fn gone(tx: &mut Tx<'_>, account: &str, id: DeviceId) -> Result<Change, DbError> {
    let revision = tx.query_opt(
        "UPDATE devices SET revision = revision + 1 WHERE id = ?1 RETURNING revision",
        params![id.to_string()],
        |row| row.int(0),
    )?;
    Ok(change(account, id, revision.unwrap_or(1), true))
}

/// What the devices of an account are told of one.
pub(super) fn change(account: &str, id: DeviceId, revision: i64, gone: bool) -> Change {
    Change {
        feed: format!("account:{account}"),
        doc_kind: "device".to_owned(),
        doc_id: id.to_string(),
        revision: revision.unsigned_abs(),
        gone,
    }
}

/// The devices on which an account is signed in, or only one of them; the newest first.
pub(super) fn find(
    tx: &mut Tx<'_>,
    account: &str,
    only: Option<DeviceId>,
    now: UtcMillis,
) -> Result<Vec<Device>, DbError> {
    tx.query(
        "SELECT id, name, since, last_seen_day FROM devices WHERE account_id = ?1 \
         AND id = COALESCE(?2, id) AND EXISTS (SELECT 1 FROM sessions WHERE sessions.device_id = devices.id \
         AND sessions.revoked_at IS NULL AND sessions.ends_at > ?3) ORDER BY since DESC, id",
        params![account, only.map(|id| id.to_string()), now.0],
        read,
    )
}

/// The devices of an account as documents, by id.
///
/// # Errors
/// The database's.
pub fn render_devices(tx: &mut Tx<'_>, account: &str) -> Result<BTreeMap<String, Device>, DbError> {
    // Whether a session has run out by time is not asked: its tombstone comes when it is swept.
    let devices = find(tx, account, None, UtcMillis(0))?;
    Ok(devices.into_iter().map(|device| (device.id.to_string(), device)).collect())
}

fn read(row: &Row<'_>) -> Result<Device, DbError> {
    Ok(Device {
        id: device_id(&row.text(0)?)?,
        name: row.text(1)?,
        since: UtcMillis(row.int(2)?),
        last_seen_day: CivilDate::from_days(row.int(3)?).to_string(),
    })
}

/// An id as a row has it.
pub(super) fn device_id(text: &str) -> Result<DeviceId, DbError> {
    text.parse().map_err(|_| DbError::Column { index: 0, wanted: "device id", found: "text".to_owned() })
}
