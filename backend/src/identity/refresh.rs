//! `POST /v1/sessions/refresh`: the next pair of tokens.
//!
//! Each refresh token serves once. The one just before the newest gets the same successor again for
//! 60 seconds, so that an answer lost on the way logs nobody out; any older one was stolen or copied,
//! and ends the session for everybody who holds it.

use citizen_contract::ids::DeviceId;
use citizen_contract::session::{AccountView, Refresh, SessionGrant};
use citizen_contract::sync::Nudge;
use citizen_contract::time::UtcMillis;
use citizen_contract::working_time::CivilDate;

use super::Identity;
use super::account::by_id;
use super::device::{self, NewDevice, device_id};
use super::grant::ACCESS_MS;
use super::staff::StaffRules;
use super::token::{SessionId, Token, same};
use crate::clock::random_bytes;
use crate::db::{DbError, Tx, WriteError};
use crate::feeds;
use crate::params;

/// How long the token before the newest still gets the same answer.
const GRACE_MS: i64 = 60 * 1000;

/// No new tokens.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RefreshError {
    /// Unknown, used up, over or revoked: the answer does not tell which.
    #[error("the session is over")]
    Over,
    /// The account of this session was erased.
    #[error("the account was erased")]
    Erased,
    /// The database, or a cipher.
    #[error(transparent)]
    Db(#[from] DbError),
}

struct SessionRow {
    created_at: i64,
    used_at: Option<i64>,
    account_id: String,
    device_id: Option<String>,
    device_name: String,
    refresh_hash: Vec<u8>,
    previous_hash: Option<Vec<u8>>,
    rotated_at: Option<i64>,
    successor: Option<Vec<u8>>,
}

/// The successor that goes to the client, ready before the transaction so that this can run again.
struct Successor {
    access: Token,
    refresh: Token,
    expires: UtcMillis,
    sealed: Vec<u8>,
    now: UtcMillis,
    today: CivilDate,
    /// For a session from before there were devices. Its token is never handed out.
    device: (DeviceId, Token),
}

/// New tokens, and what to tell after COMMIT.
type Rotated = (SessionGrant, Vec<Nudge>);

/// Changes a refresh token for new tokens.
///
/// # Errors
/// [`RefreshError`]
pub async fn refresh(identity: &Identity, input: &Refresh) -> Result<SessionGrant, RefreshError> {
    let presented = Token::parse(&input.refresh_token).ok_or(RefreshError::Over)?;
    let now = identity.backend.clock.now();
    let successor = Successor::draw(identity, &presented, now).ok_or(RefreshError::Over)?;
    let rules = identity.staff;
    let session = presented.session();
    let rotated = identity
        .backend
        .db
        .write(move |tx| rotate(tx, &rules, &presented, &successor))
        .await
        .map_err(WriteError::flatten)?;
    let Some((grant, nudges)) = rotated else {
        let erased = identity.backend.db.read(move |tx| was_erased(tx, session)).await;
        let erased = erased.map_err(WriteError::<DbError>::flatten)?;
        return Err(if erased { RefreshError::Erased } else { RefreshError::Over });
    };
    identity.backend.nudges.tell(nudges);
    Ok(grant)
}

/// Whether the session ended because its account was erased.
fn was_erased(tx: &mut Tx<'_>, session: SessionId) -> Result<bool, DbError> {
    let found =
        tx.query_opt("SELECT 1 FROM erased_sessions WHERE id = ?1", params![&session], |row| row.int(0))?;
    Ok(found.is_some())
}

impl Successor {
    fn draw(identity: &Identity, presented: &Token, now: UtcMillis) -> Option<Self> {
        let random = identity.backend.random.as_ref();
        let access = Token::draw(presented.session(), random);
        let refresh = Token::draw(presented.session(), random);
        let expires = now.plus_millis(ACCESS_MS);
        let text = format!("{}\n{}\n{}", access.reveal(), expires.0, refresh.reveal());
        let sealed = presented.seal(text.as_bytes())?;
        let device = DeviceId::from_parts(now, random_bytes(random));
        let device = (device, Token::draw(device.0.into_bytes(), random));
        let today = identity.backend.profile.calendar.day_of(now);
        Some(Self { access, refresh, expires, sealed, now, today, device })
    }
}

/// `None` is a refusal whose revocation must be kept, hence no error.
fn rotate(
    tx: &mut Tx<'_>,
    rules: &StaffRules,
    presented: &Token,
    next: &Successor,
) -> Result<Option<Rotated>, RefreshError> {
    let now = next.now;
    let Some(row) = find(tx, presented, now)? else { return Ok(None) };
    let account = rules.shown(by_id(tx, &row.account_id)?);
    let ends = rules.ends(&account, row.created_at, row.used_at);
    if account.locked || ends.is_some_and(|ends| ends <= now) {
        return Ok(None);
    }
    let account = account.view;
    let hash = presented.hash();
    if same(&row.refresh_hash, &hash) {
        if !advance(tx, presented, next, now)? {
            // Somebody with the same token was faster; their successor is ours too.
            return rotate(tx, rules, presented, next);
        }
        let (device_id, nudges) = heard_of(tx, presented, &row, next)?;
        let grant = SessionGrant {
            access_token: next.access.reveal(),
            access_expires_at: next.expires,
            refresh_token: next.refresh.reveal(),
            device_id,
            device_token: None,
            account,
        };
        return Ok(Some((grant, nudges)));
    }
    let in_grace = row.rotated_at.is_some_and(|at| now.0 <= at.saturating_add(GRACE_MS));
    if in_grace && row.previous_hash.as_deref().is_some_and(|previous| same(previous, &hash)) {
        return again(presented, row, account);
    }
    // The id is right and the secret is not the newest: only a former holder can know that id.
    tx.execute("UPDATE sessions SET revoked_at = ?2 WHERE id = ?1", params![presented.session(), now.0])?;
    Ok(None)
}

/// The same successor once more.
fn again(presented: &Token, row: SessionRow, account: AccountView) -> Result<Option<Rotated>, RefreshError> {
    let opened = row.successor.and_then(|sealed| opened(presented, &sealed));
    let (Some((access_token, access_expires_at, refresh_token)), Some(device)) = (opened, row.device_id)
    else {
        return Ok(None);
    };
    let device_id = device_id(&device)?;
    let grant = SessionGrant {
        access_token,
        access_expires_at,
        refresh_token,
        device_id,
        device_token: None,
        account,
    };
    Ok(Some((grant, Vec::new())))
}

/// Notes the day; a session from before there were devices gets one.
fn heard_of(
    tx: &mut Tx<'_>,
    presented: &Token,
    row: &SessionRow,
    next: &Successor,
) -> Result<(DeviceId, Vec<Nudge>), DbError> {
    let (id, change) = match &row.device_id {
        Some(id) => {
            let id = device_id(id)?;
            (id, device::heard_of(tx, id, next.today)?)
        }
        None => {
            let (id, token) = next.device.clone();
            let device = NewDevice { id, name: row.device_name.clone(), token };
            device.insert(tx, &row.account_id, next.now, next.today)?;
            tx.execute(
                "UPDATE sessions SET device_id = ?2 WHERE id = ?1",
                params![presented.session(), id.to_string()],
            )?;
            (id, Some(device::change(&row.account_id, id, 1, false)))
        }
    };
    Ok((id, feeds::bump(tx, change.as_slice())?))
}

fn find(tx: &mut Tx<'_>, presented: &Token, now: UtcMillis) -> Result<Option<SessionRow>, DbError> {
    tx.query_opt(
        "SELECT account_id, refresh_hash, previous_refresh_hash, rotated_at, successor_sealed, device_id, \
         device_name, created_at, used_at FROM sessions WHERE id = ?1 AND revoked_at IS NULL AND ends_at > ?2",
        params![presented.session(), now.0],
        |row| {
            Ok(SessionRow {
                account_id: row.text(0)?,
                refresh_hash: row.bytes(1)?,
                previous_hash: row.opt_bytes(2)?,
                rotated_at: row.opt_int(3)?,
                successor: row.opt_bytes(4)?,
                device_id: row.opt_text(5)?,
                device_name: row.text(6)?,
                created_at: row.int(7)?,
                used_at: row.opt_int(8)?,
            })
        },
    )
}

/// Moves on, unless another request with the same token did so since the row was read.
fn advance(tx: &mut Tx<'_>, presented: &Token, next: &Successor, now: UtcMillis) -> Result<bool, DbError> {
    let moved = tx.execute(
        "UPDATE sessions SET previous_access_hash = access_hash, \
         previous_access_expires_at = access_expires_at, access_hash = ?3, access_expires_at = ?4, \
         previous_refresh_hash = refresh_hash, refresh_hash = ?5, rotated_at = ?6, successor_sealed = ?7 \
         WHERE id = ?1 AND refresh_hash = ?2",
        params![
            presented.session(),
            presented.hash(),
            next.access.hash(),
            next.expires.0,
            next.refresh.hash(),
            now.0,
            &next.sealed,
        ],
    )?;
    Ok(moved == 1)
}

fn opened(presented: &Token, sealed: &[u8]) -> Option<(String, UtcMillis, String)> {
    let text = String::from_utf8(presented.unseal(sealed)?).ok()?;
    let mut lines = text.split('\n');
    let access = lines.next()?.to_owned();
    let expires = UtcMillis(lines.next()?.parse().ok()?);
    Some((access, expires, lines.next()?.to_owned()))
}
