//! Appending an entry.

use citizen_contract::audit::AuditAct;
use citizen_contract::ids::{AccountId, ReportId, UnitId};
use citizen_contract::time::UtcMillis;

use super::chain::{GENESIS, Link};
use crate::db::{DbError, Tx};
use crate::params;

/// The most codes of one entry.
const MAX_DETAIL: usize = 16;
/// The longest code.
const MAX_CODE: usize = 64;

/// What something was done to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// What it is: `account`, `report`, …
    pub kind: &'static str,
    /// Which one.
    pub id: String,
}

impl Subject {
    /// An account.
    #[must_use]
    pub fn account(id: AccountId) -> Self {
        Self { kind: "account", id: id.to_string() }
    }

    /// A report.
    #[must_use]
    pub fn report(id: ReportId) -> Self {
        Self { kind: "report", id: id.to_string() }
    }
}

/// One act of somebody of the staff, or of the backend itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: UtcMillis,
    /// Who; nobody for an operator at the command line and for what came from outside.
    pub actor: Option<AccountId>,
    /// What.
    pub act: AuditAct,
    /// To whom.
    pub subject: Option<Subject>,
    /// For which unit. Its administrators, and those above it, read the entry.
    pub unit: Option<UnitId>,
    /// Codes that say more, such as `handler@u0123456789ab`: lower-case letters, digits and `_-:@.`;
    /// never a word, name or number of a person.
    pub detail: Vec<String>,
}

/// Appends an entry. Call it after all other writes but `feeds::bump`: the end of the chain is one
/// row, which stays locked until COMMIT.
///
/// # Errors
/// [`DbError`] of the room, and for a detail that is no code.
pub fn record(tx: &mut Tx<'_>, entry: &Entry) -> Result<(), DbError> {
    check(&entry.detail)?;
    let (seq, before) = tx.query_one(
        "INSERT INTO audit_head (one, entries, head) VALUES (1, 1, ?1) \
         ON CONFLICT (one) DO UPDATE SET entries = audit_head.entries + 1 RETURNING entries, head",
        params![&GENESIS],
        |row| Ok((row.int(0)?, row.bytes(1)?)),
    )?;
    let link = Link {
        seq,
        at: entry.at.0,
        actor: entry.actor.map(|actor| actor.to_string()),
        act: entry.act.as_str().to_owned(),
        subject_kind: entry.subject.as_ref().map(|subject| subject.kind.to_owned()),
        subject_id: entry.subject.as_ref().map(|subject| subject.id.clone()),
        unit_id: entry.unit.as_ref().map(UnitId::to_string),
        detail: entry.detail.join(" "),
    };
    let hash = link.hash(&before);
    tx.execute(
        "INSERT INTO audit (seq, at, actor, act, subject_kind, subject_id, unit_id, detail, hash) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            link.seq,
            link.at,
            link.actor,
            link.act,
            link.subject_kind,
            link.subject_id,
            link.unit_id,
            link.detail,
            &hash,
        ],
    )?;
    tx.execute("UPDATE audit_head SET head = ?1 WHERE one = 1", params![&hash])?;
    Ok(())
}

/// A sentence or a name slipped in here would stay for ever.
fn check(detail: &[String]) -> Result<(), DbError> {
    let is_code = |code: &String| {
        !code.is_empty()
            && code.len() <= MAX_CODE
            && code.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b':' | b'@' | b'.'))
            // Twelve digits in a row may be somebody's number.
            && !code.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 12)
    };
    if detail.len() <= MAX_DETAIL && detail.iter().all(is_code) {
        return Ok(());
    }
    Err(DbError::Statement {
        code: "audit".to_owned(),
        message: "a detail of an audit entry is no code".to_owned(),
    })
}
