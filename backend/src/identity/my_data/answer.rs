//! `POST /v1/data-requests/{id}/answer`: the office carries a wish out, or refuses it with a reason.

use citizen_contract::audit::AuditAct;
use citizen_contract::ids::{AccountId, DataRequestId, UnitId};
use citizen_contract::my_data::{AnswerData, DataRequestKind, DataRequestState, MAX_WISH};
use citizen_contract::sync::Nudge;
use citizen_contract::time::UtcMillis;

use super::wish::Wish;
use super::{document, forget, row};
use crate::audit::{self, Entry, Subject};
use crate::auth::Reader;
use crate::db::{DbError, Tx, WriteError};
use crate::feeds;
use crate::identity::Identity;
use crate::identity::person::Correcting;
use crate::ledger::word;
use crate::params;

/// Nothing was answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// There is no such wish.
    #[error("there is no such wish")]
    Missing,
    /// It has ended already.
    #[error("the wish has ended")]
    Ended,
    /// A refusal says why, in not too many characters.
    #[error("the words are missing or too long")]
    Words,
    /// The new values could not be encrypted.
    #[error("the person could not be sealed")]
    Sealing,
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// What an answer leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answered {
    /// All is done.
    Done,
    /// This account's erasure has begun and must be gone through with.
    Erase(AccountId),
}

/// What was asked, as its row has it.
struct Asked {
    account: String,
    kind: DataRequestKind,
    sealed: Option<Vec<u8>>,
}

/// Answers an open wish: a correction is applied, an erasure begun.
///
/// # Errors
/// [`AnswerError`]
pub async fn answer(
    identity: &Identity,
    official: &Reader,
    id: DataRequestId,
    input: &AnswerData,
) -> Result<Answered, AnswerError> {
    let words = input.words.trim().to_owned();
    if (!input.done && words.is_empty()) || words.chars().count() > MAX_WISH || words.contains('\0') {
        return Err(AnswerError::Words);
    }
    let asked = find(identity, id).await?.ok_or(AnswerError::Missing)?;
    let account: AccountId = word::id(&asked.account, 0)?;
    let wish = Wish::unseal(&identity.numbers, id, asked.sealed.as_deref());
    let corrected = match (input.done, asked.kind, wish.correction) {
        (true, DataRequestKind::Correct, Some(correction)) => {
            Some(Correcting::new(identity, account, correction).await?.ok_or(AnswerError::Sealing)?)
        }
        _ => None,
    };
    let state = if input.done { DataRequestState::Done } else { DataRequestState::Refused };
    let erases = input.done && asked.kind == DataRequestKind::Erase;
    let ending = Ending {
        id,
        account: asked.account,
        state,
        erases,
        now: identity.backend.clock.now(),
        words: (!words.is_empty()).then_some(words),
        official: official.account,
        subject: account,
        unit: identity.backend.profile.locality.intake_unit.clone(),
        kind: asked.kind,
        corrected,
    };
    let nudges = identity.backend.db.write(move |tx| ending.write(tx)).await.map_err(WriteError::flatten)?;
    identity.backend.nudges.tell(nudges);
    Ok(if erases { Answered::Erase(account) } else { Answered::Done })
}

/// Everything that the transaction needs, drawn before so that it can run again.
struct Ending {
    id: DataRequestId,
    account: String,
    state: DataRequestState,
    erases: bool,
    now: UtcMillis,
    words: Option<String>,
    official: AccountId,
    subject: AccountId,
    unit: UnitId,
    kind: DataRequestKind,
    corrected: Option<Correcting>,
}

impl Ending {
    fn write(&self, tx: &mut Tx<'_>) -> Result<Vec<Nudge>, AnswerError> {
        let by = Some(self.official.to_string());
        if !row::end(tx, self.id, self.state, self.now, self.words.as_deref(), by)? {
            return Err(AnswerError::Ended);
        }
        if let Some(corrected) = &self.corrected {
            corrected.write(tx)?;
        }
        if self.erases {
            forget::begin_erasing(tx, &self.account, self.now)?;
        }
        for act in [Some(AuditAct::DataTaskAnswered), self.erases.then_some(AuditAct::PersonErased)] {
            let Some(act) = act else { continue };
            let entry = Entry {
                at: self.now,
                actor: Some(self.official),
                act,
                subject: Some(Subject::account(self.subject)),
                unit: Some(self.unit.clone()),
                detail: vec![word::word(self.kind), word::word(self.state)],
            };
            audit::record(tx, &entry)?;
        }
        let change = document::bump(tx, &self.account)?;
        let mut nudges = feeds::bump(tx, &[change])?;
        nudges.push(Nudge::Queue);
        Ok(nudges)
    }
}

async fn find(identity: &Identity, id: DataRequestId) -> Result<Option<Asked>, DbError> {
    identity
        .backend
        .db
        .read(move |tx| {
            tx.query_opt(
                "SELECT account_id, kind, wish_sealed FROM data_requests WHERE id = ?1",
                params![id.to_string()],
                |row| {
                    Ok(Asked {
                        account: row.text(0)?,
                        kind: word::read(row.text(1)?, 1)?,
                        sealed: row.opt_bytes(2)?,
                    })
                },
            )
        })
        .await
        .map_err(WriteError::flatten)
}
