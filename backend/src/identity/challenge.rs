//! Rows of challenges: a code that was sent, what it is for, and how often it may be tried.

use citizen_contract::citizen_id::Sex;
use citizen_contract::ids::{ChallengeId, DeviceId, UnitId};
use citizen_contract::phone::Phone;
use citizen_contract::registration::{CODE_DIGITS, ConsentGiven};
use citizen_contract::time::UtcMillis;
use serde::{Deserialize, Serialize};

use super::Identity;
use super::device::device_id;
use super::numbers::NumberKeys;
use super::token::same;
use crate::clock::Random;
use crate::db::{DbError, Row, Tx, WriteError};
use crate::params;

/// How long a code serves.
pub(super) const CODE_MS: i64 = 5 * 60 * 1000;
/// How long somebody waits for another code.
pub(super) const RESEND_MS: i64 = 60 * 1000;
/// How many more codes a challenge gets.
pub(super) const RESENDS: u8 = 3;
/// How many wrong codes are borne, over all codes of a challenge.
pub(super) const TRIES: u8 = 5;
/// How long after success the same answer is given again, in case it was lost.
const GRACE_MS: i64 = 60 * 1000;
/// How long a challenge may get other codes.
pub(super) const LIFE_MS: i64 = 15 * 60 * 1000;
/// How long a row stays.
const KEEP_MS: i64 = 30 * 60 * 1000;

/// What a code is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A new account.
    Registration,
    /// A new device of an account.
    SignIn,
    /// A new password for one that was forgotten.
    PasswordReset,
    /// The second factor of staff; nothing is sent.
    Factor,
    /// Another phone for an account.
    PhoneChange,
    /// A representative's consent for a child.
    Representative,
}

impl Kind {
    const ALL: [Self; 5] =
        [Self::Registration, Self::SignIn, Self::PasswordReset, Self::PhoneChange, Self::Representative];

    fn name(self) -> &'static str {
        match self {
            Self::Registration => "registration",
            Self::SignIn => "sign-in",
            Self::PasswordReset => "password-reset",
            Self::Factor => "factor",
            Self::PhoneChange => "phone-change",
            Self::Representative => "representative",
        }
    }
}

/// What is kept sealed until the code comes back.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Payload {
    /// The citizen-ID number.
    pub(super) number: String,
    /// E.164.
    pub(super) phone: String,
    /// The device that asked to sign in; a registration names it when it finishes.
    pub(super) device_name: String,
    /// Who is to be registered.
    pub(super) person: Option<Person>,
    /// The known device that asked, where only the second factor is missing.
    #[serde(default)]
    pub(super) known: Option<DeviceId>,
}

/// Who is to be registered, as declared.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Person {
    pub(super) full_name: String,
    pub(super) birth_date: Option<String>,
    pub(super) sex: Option<Sex>,
    pub(super) home_unit: Option<UnitId>,
    pub(super) representative_phone: Option<String>,
    pub(super) child_until: Option<i64>,
    pub(super) consents: Vec<ConsentGiven>,
}

impl Payload {
    /// Nothing but where the code goes.
    pub(super) fn for_phone(phone: &Phone) -> Self {
        Self {
            number: String::new(),
            phone: phone.e164(),
            device_name: String::new(),
            person: None,
            known: None,
        }
    }

    pub(super) fn seal(&self, keys: &NumberKeys, id: ChallengeId, random: &dyn Random) -> Option<Vec<u8>> {
        keys.seal_text(&serde_json::to_string(self).ok()?, id.0.as_bytes(), random)
    }

    pub(super) fn unseal(keys: &NumberKeys, id: ChallengeId, sealed: &[u8]) -> Option<Self> {
        serde_json::from_str(&keys.unseal_text(sealed, id.0.as_bytes())?).ok()
    }
}

/// A challenge that is about to be written.
pub(super) struct Asked {
    pub(super) id: ChallengeId,
    pub(super) kind: Kind,
    pub(super) account: Option<String>,
    pub(super) code_hash: [u8; 32],
    pub(super) payload_sealed: Vec<u8>,
    pub(super) now: UtcMillis,
}

impl Asked {
    pub(super) fn insert(&self, tx: &mut Tx<'_>) -> Result<(), DbError> {
        tx.execute(
            "INSERT INTO challenges (id, kind, account_id, code_hash, payload_sealed, created_at, \
             expires_at, resend_after, tries_left, resends_left) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                self.id.to_string(),
                self.kind.name(),
                self.account.as_ref(),
                &self.code_hash,
                &self.payload_sealed,
                self.now.0,
                self.now.plus_millis(CODE_MS).0,
                self.now.plus_millis(RESEND_MS).0,
                TRIES,
                RESENDS,
            ],
        )
        .map(|_| ())
    }
}

/// Removes challenges long over: those that were never finished hold what somebody declared.
pub(super) fn sweep(tx: &mut Tx<'_>, now: UtcMillis) -> Result<(), DbError> {
    let before = now.0.saturating_sub(KEEP_MS);
    tx.execute("DELETE FROM challenges WHERE created_at <= ?1", params![before]).map(|_| ())
}

/// A challenge as its row has it.
pub(super) struct ChallengeRow {
    kind: String,
    account: Option<String>,
    code_hash: Vec<u8>,
    pub(super) payload_sealed: Vec<u8>,
    pub(super) created_at: i64,
    pub(super) expires_at: i64,
    pub(super) resend_after: i64,
    pub(super) tries_left: i64,
    pub(super) resends_left: i64,
    pub(super) finished_at: Option<i64>,
    /// The device that the success was on; none if the number had an account.
    device: Option<String>,
}

impl ChallengeRow {
    pub(super) fn is(&self, kind: Kind) -> bool {
        self.kind == kind.name()
    }

    pub(super) fn account(&self) -> Option<&str> {
        self.account.as_deref()
    }

    /// How many wrong codes are still borne.
    pub(super) fn left(&self) -> u8 {
        u8::try_from(self.tries_left).unwrap_or(0)
    }

    /// What it came to, for whoever brings the code that it came to it by.
    pub(super) fn success_of(&self, hash: &[u8; 32]) -> Result<Option<Success>, DbError> {
        if same(&self.code_hash, hash) { self.success() } else { Ok(None) }
    }

    /// What it is for, if this program knows.
    pub(super) fn kind(&self) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == self.kind)
    }

    fn success(&self) -> Result<Option<Success>, DbError> {
        Ok(match (self.finished_at, &self.device) {
            (None, _) => None,
            (Some(_), None) => Some(Success::Taken),
            (Some(_), Some(device)) => Some(Success::On(device_id(device)?)),
        })
    }
}

/// Reads a row.
pub(super) fn load(tx: &mut Tx<'_>, id: ChallengeId) -> Result<Option<ChallengeRow>, DbError> {
    let read = |row: &Row<'_>| {
        Ok(ChallengeRow {
            kind: row.text(0)?,
            account: row.opt_text(1)?,
            code_hash: row.bytes(2)?,
            payload_sealed: row.bytes(3)?,
            created_at: row.int(4)?,
            expires_at: row.int(5)?,
            resend_after: row.int(6)?,
            tries_left: row.int(7)?,
            resends_left: row.int(8)?,
            finished_at: row.opt_int(9)?,
            device: row.opt_text(10)?,
        })
    };
    tx.query_opt(
        "SELECT kind, account_id, code_hash, payload_sealed, created_at, expires_at, resend_after, \
         tries_left, resends_left, finished_at, device_id FROM challenges WHERE id = ?1",
        params![id.to_string()],
        read,
    )
}

/// What the right code opened.
pub(super) struct Opened {
    pub(super) account: Option<String>,
    pub(super) payload: Payload,
    /// Set if the same code succeeded a moment ago.
    pub(super) before: Option<Success>,
}

/// An earlier success of the same challenge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Success {
    /// A session on this device.
    On(DeviceId),
    /// The number had an account already.
    Taken,
}

/// A code did not open its challenge.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodeRefused {
    /// Six digits are needed; this was not counted as a try.
    #[error("a code has six digits")]
    Malformed,
    /// Another code.
    #[error("the code is wrong")]
    Wrong {
        /// How many more are borne.
        tries_left: u8,
    },
    /// Expired, used, tried too often or never there: the answer does not tell which.
    #[error("the code serves no more")]
    Over,
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Tries a code. A try is counted before the code is looked at, so that parallel ones cannot slip
/// through.
pub(super) async fn open(
    identity: &Identity,
    id: ChallengeId,
    kind: Kind,
    code: &str,
) -> Result<Opened, CodeRefused> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    if code.len() != CODE_DIGITS || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(CodeRefused::Malformed);
    }
    let hash = identity.numbers.code_hash(id, &code);
    let now = identity.backend.clock.now();
    let tried = identity.backend.db.write(move |tx| try_code(tx, id, kind, &hash, now)).await;
    // A wrong code's count must be kept, hence no error inside the transaction.
    let row = tried.map_err(WriteError::<DbError>::flatten)??;
    let payload = Payload::unseal(&identity.numbers, id, &row.payload_sealed).ok_or(CodeRefused::Over)?;
    let before = row.success()?;
    Ok(Opened { account: row.account, payload, before })
}

fn try_code(
    tx: &mut Tx<'_>,
    id: ChallengeId,
    kind: Kind,
    hash: &[u8; 32],
    now: UtcMillis,
) -> Result<Result<ChallengeRow, CodeRefused>, DbError> {
    let row = match count(tx, id, kind, now)? {
        Ok(row) => row,
        Err(refused) => return Ok(Err(refused)),
    };
    if same(&row.code_hash, hash) {
        return Ok(Ok(row));
    }
    Ok(Err(CodeRefused::Wrong { tries_left: row.left() }))
}

/// Counts a try of a challenge that still serves, and answers its row with the tries that are left.
pub(super) fn count(
    tx: &mut Tx<'_>,
    id: ChallengeId,
    kind: Kind,
    now: UtcMillis,
) -> Result<Result<ChallengeRow, CodeRefused>, DbError> {
    let Some(row) = load(tx, id)?.filter(|row| row.kind == kind.name()) else {
        return Ok(Err(CodeRefused::Over));
    };
    let serves = match row.finished_at {
        None => now.0 < row.expires_at,
        Some(at) => now.0 <= at.saturating_add(GRACE_MS),
    };
    if !serves {
        return Ok(Err(CodeRefused::Over));
    }
    let left = tx.query_opt(
        "UPDATE challenges SET tries_left = tries_left - 1 WHERE id = ?1 AND tries_left > 0 \
         RETURNING tries_left",
        params![id.to_string()],
        |row| row.int(0),
    )?;
    let Some(left) = left else { return Ok(Err(CodeRefused::Over)) };
    Ok(Ok(ChallengeRow { tries_left: left, ..row }))
}

/// Uses the challenge up for a session on a device; of several at once only one does. Answers whether
/// it was this one.
pub(super) fn claim(
    tx: &mut Tx<'_>,
    id: ChallengeId,
    device: DeviceId,
    now: UtcMillis,
) -> Result<bool, DbError> {
    let claimed = tx.execute(
        "UPDATE challenges SET finished_at = ?2, device_id = ?3 WHERE id = ?1 AND finished_at IS NULL",
        params![id.to_string(), now.0, device.to_string()],
    )?;
    Ok(claimed == 1)
}

/// Notes that the number of a claimed challenge had an account already.
pub(super) fn taken(tx: &mut Tx<'_>, id: ChallengeId) -> Result<(), DbError> {
    tx.execute("UPDATE challenges SET device_id = NULL WHERE id = ?1", params![id.to_string()]).map(|_| ())
}

/// What the one that was faster came to.
pub(super) fn success(tx: &mut Tx<'_>, id: ChallengeId) -> Result<Option<Success>, DbError> {
    let row = load(tx, id)?;
    row.map_or(Ok(None), |row| row.success())
}
