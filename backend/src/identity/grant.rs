//! Opening a session on a device: the end of every way to sign in.

use citizen_contract::ids::DeviceId;
use citizen_contract::session::{AccountView, SessionGrant};
use citizen_contract::sync::Nudge;
use citizen_contract::time::UtcMillis;
use citizen_contract::working_time::CivilDate;

use super::Identity;
use super::device::{self, NewDevice};
use super::origin::OriginHash;
use super::token::{SessionId, Token};
use crate::clock::random_bytes;
use crate::db::{DbError, Tx};
use crate::feeds::{self, Change};
use crate::params;

/// How long an access token serves.
pub(super) const ACCESS_MS: i64 = 15 * 60 * 1000;
/// How long a session lasts at most; then the person signs in again.
const SESSION_MS: i64 = 180 * 24 * 3600 * 1000;

/// On which device.
pub(super) enum On {
    /// One that showed its token.
    Known(DeviceId),
    /// One that gets a token now.
    New(NewDevice),
    /// One that got a token a moment ago, whose answer may have been lost: it gets another.
    Again(DeviceId, Token),
}

/// A session that is about to be opened, drawn before the transaction so that this can run again.
pub(super) struct Opening {
    id: SessionId,
    access: Token,
    refresh: Token,
    on: On,
    device_name: String,
    origin: OriginHash,
    now: UtcMillis,
    today: CivilDate,
}

impl Opening {
    /// A new device of this name gets an id and a token.
    pub(super) fn on_new(identity: &Identity, device_name: &str, origin: OriginHash) -> Self {
        let random = identity.backend.random.as_ref();
        let id = DeviceId::from_parts(identity.backend.clock.now(), random_bytes(random));
        let token = Token::draw(id.0.into_bytes(), random);
        Self::draw(
            identity,
            On::New(NewDevice { id, name: device_name.to_owned(), token }),
            device_name,
            origin,
        )
    }

    /// A device that is known goes on under its old name.
    pub(super) fn on_known(identity: &Identity, id: DeviceId, device_name: &str, origin: OriginHash) -> Self {
        Self::draw(identity, On::Known(id), device_name, origin)
    }

    /// The answer may have been lost: the same device, with tokens anew.
    pub(super) fn again(identity: &Identity, id: DeviceId, device_name: &str, origin: OriginHash) -> Self {
        let token = Token::draw(id.0.into_bytes(), identity.backend.random.as_ref());
        Self::draw(identity, On::Again(id, token), device_name, origin)
    }

    fn draw(identity: &Identity, on: On, device_name: &str, origin: OriginHash) -> Self {
        let random = identity.backend.random.as_ref();
        let now = identity.backend.clock.now();
        let id: SessionId = random_bytes(random);
        Self {
            id,
            access: Token::draw(id, random),
            refresh: Token::draw(id, random),
            on,
            device_name: device_name.to_owned(),
            origin,
            now,
            today: identity.backend.profile.calendar.day_of(now),
        }
    }

    /// The device that the session will be on.
    pub(super) fn device(&self) -> DeviceId {
        match &self.on {
            On::Known(id) | On::Again(id, _) => *id,
            On::New(device) => device.id,
        }
    }

    /// What the client gets once the session is written.
    pub(super) fn grant(&self, account: AccountView) -> SessionGrant {
        let token = match &self.on {
            On::Known(_) => None,
            On::New(NewDevice { token, .. }) | On::Again(_, token) => Some(token.reveal()),
        };
        SessionGrant {
            access_token: self.access.reveal(),
            access_expires_at: self.now.plus_millis(ACCESS_MS),
            refresh_token: self.refresh.reveal(),
            device_id: self.device(),
            device_token: token,
            account,
        }
    }

    /// Writes session and device. Call it last: it bumps the account's feed, so that other devices of
    /// the account are told. A known device that was cut off meanwhile is [`DbError::NoRow`].
    pub(super) fn write(&self, tx: &mut Tx<'_>, account: &str) -> Result<Vec<Nudge>, DbError> {
        self.write_with(tx, account, Vec::new())
    }

    /// The same, where the account's devices are also told of `changes`.
    pub(super) fn write_with(
        &self,
        tx: &mut Tx<'_>,
        account: &str,
        mut changes: Vec<Change>,
    ) -> Result<Vec<Nudge>, DbError> {
        // Sessions that are long over tell nothing; their device names are personal.
        changes.extend(device::sweep_sessions(tx, self.now)?);
        match &self.on {
            On::New(new) => {
                new.insert(tx, account, self.now, self.today)?;
                changes.push(device::change(account, new.id, 1, false));
            }
            On::Known(id) => {
                // Whoever holds the device's token is the device: an older session of it is over.
                tx.execute(
                    "UPDATE sessions SET revoked_at = ?2, successor_sealed = NULL \
                     WHERE device_id = ?1 AND revoked_at IS NULL",
                    params![id.to_string(), self.now.0],
                )?;
                let again = device::signed_in(tx, *id, self.today, self.now)?;
                // None is a device that was cut off a moment ago.
                changes.push(again.ok_or(DbError::NoRow)?);
            }
            On::Again(id, token) => {
                let kept = tx.execute(
                    "UPDATE devices SET token_hash = ?2 WHERE id = ?1",
                    params![id.to_string(), token.hash()],
                )?;
                if kept == 0 {
                    return Err(DbError::NoRow);
                }
            }
        }
        self.insert_session(tx, account)?;
        feeds::bump(tx, &changes)
    }

    fn insert_session(&self, tx: &mut Tx<'_>, account: &str) -> Result<(), DbError> {
        tx.execute(
            "INSERT INTO sessions (id, account_id, device_name, created_at, ends_at, access_hash, \
             access_expires_at, refresh_hash, origin_hash, device_id) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                &self.id,
                account,
                self.device_name.as_str(),
                self.now.0,
                self.now.plus_millis(SESSION_MS).0,
                self.access.hash(),
                self.now.plus_millis(ACCESS_MS).0,
                self.refresh.hash(),
                &self.origin,
                self.device().to_string(),
            ],
        )
        .map(|_| ())
    }
}
