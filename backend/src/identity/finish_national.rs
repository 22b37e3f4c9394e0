//! `POST /v1/identity-checks/{check}/finish`: the browser came back with a code.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use citizen_contract::audit::AuditAct;
use citizen_contract::checks::{Check, CheckWay, FinishNational};
use citizen_contract::ids::{AccountId, IdentityCheckId};
use citizen_contract::sync::Nudge;
use citizen_contract::time::UtcMillis;
use sha2::{Digest as _, Sha256};

use super::account::by_id;
use super::checks::NewCheck;
use super::token::same;
use super::{Identity, attempt, my_data};
use crate::audit::{self, Entry, Subject};
use crate::db::{DbError, Tx, WriteError};
use crate::feeds;
use crate::national_id::{Ask, NationalError, Why};
use crate::params;

/// The longest code of a provider, in bytes.
const LONGEST_CODE: usize = 4096;

/// Nobody was checked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FinishNationalError {
    /// Expired, used, somebody else's, or never there: the answer does not tell which.
    #[error("the attempt is over")]
    Over,
    /// State, verifier, code or token are not what they must be.
    #[error("the proof is refused")]
    Refused,
    /// The provider identified somebody with another number.
    #[error("the provider gave another number")]
    NumberDiffers,
    /// The provider cannot be asked; the same again may succeed.
    #[error("the provider does not answer")]
    Unavailable,
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Changes the code for a proof; if it is about this account's number, the account is checked.
///
/// # Errors
/// [`FinishNationalError`]. After [`FinishNationalError::Unavailable`] the attempt goes on.
pub async fn finish_national(
    identity: &Identity,
    account: AccountId,
    id: IdentityCheckId,
    input: &FinishNational,
) -> Result<Check, FinishNationalError> {
    let national = identity.national.as_deref().ok_or(FinishNationalError::Over)?;
    let backend = &identity.backend;
    let now = backend.clock.now();
    let load = backend.db.read(move |tx| attempt::load(tx, id, account, now));
    let sealed = load.await.map_err(WriteError::<DbError>::flatten)?.ok_or(FinishNationalError::Over)?;
    let ask = attempt::unseal(identity, id, &sealed).ok_or(FinishNationalError::Over)?;
    if !belongs_together(&ask, input) {
        // Somebody else's answer must not end the attempt of the person who waits.
        return Err(FinishNationalError::Refused);
    }
    let number = match national.number(&ask, &input.code, &input.code_verifier, now).await {
        Ok(number) => number,
        Err(NationalError::Unavailable) => return Err(FinishNationalError::Unavailable),
        Err(NationalError::Refused(why)) => {
            tracing::warn!(?why, "a proof of the national identification was refused");
            // A code that the provider does not take may be the same finish twice, of which one succeeds.
            if why != Why::Code {
                let write = backend.db.write(move |tx| attempt::use_up(tx, id));
                write.await.map_err(WriteError::<DbError>::flatten)?;
            }
            return Err(FinishNationalError::Refused);
        }
    };
    let number_hash = identity.numbers.lookup_hash(&number);
    let write = backend.db.write(move |tx| keep(tx, id, account, &number_hash, now));
    let (check, nudges) = write.await.map_err(WriteError::<DbError>::flatten)??;
    backend.nudges.tell(nudges);
    Ok(check)
}

/// State and verifier are those of the attempt. The provider compares the verifier too, if it knows
/// PKCE; that it does is not relied on.
fn belongs_together(ask: &Ask, input: &FinishNational) -> bool {
    let hash = |text: &str| <[u8; 32]>::from(Sha256::digest(text));
    let challenge = URL_SAFE_NO_PAD.encode(hash(&input.code_verifier));
    let lengths = (43..=128).contains(&input.code_verifier.len())
        && !input.code.is_empty()
        && input.code.len() <= LONGEST_CODE;
    lengths && same(&hash(&ask.state), &hash(&input.state)) && challenge == ask.code_challenge
}

/// What is kept whatever comes out: the attempt is over.
type Kept = Result<(Check, Vec<Nudge>), FinishNationalError>;

fn keep(
    tx: &mut Tx<'_>,
    id: IdentityCheckId,
    account: AccountId,
    number_hash: &[u8; 32],
    now: UtcMillis,
) -> Result<Kept, DbError> {
    if !attempt::use_up(tx, id)? {
        return Ok(Err(FinishNationalError::Over));
    }
    let own = account.to_string();
    let number_of = "SELECT number_hash FROM accounts WHERE id = ?1";
    let expected = tx.query_one(number_of, params![own.as_str()], |row| row.bytes(0))?;
    let entry = |act| Entry {
        at: now,
        actor: None,
        act,
        subject: Some(Subject::account(account)),
        unit: None,
        detail: Vec::new(),
    };
    if !same(&expected, number_hash) {
        audit::record(tx, &entry(AuditAct::NationalDiffered))?;
        return Ok(Err(FinishNationalError::NumberDiffers));
    }
    let check = Check { way: CheckWay::National, at: now, unit_id: None };
    let new = NewCheck { id, check: check.clone(), place: String::new(), by: None };
    if !new.insert(tx, &own)? {
        // An official was faster.
        let check = by_id(tx, &own)?.view.check.unwrap_or(check);
        return Ok(Ok((check, Vec::new())));
    }
    let change = my_data::document::bump(tx, &own)?;
    audit::record(tx, &entry(AuditAct::NationalChecked))?;
    Ok(Ok((check, feeds::bump(tx, &[change])?)))
}
