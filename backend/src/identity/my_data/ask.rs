//! `POST /v1/my-data/requests`: somebody wants something of their data, and the office's clock starts.

use citizen_contract::ids::{AccountId, DataRequestId};
use citizen_contract::my_data::{AskData, DataRequest, DataRequestKind, DataRequestState};
use citizen_contract::sync::Nudge;

use super::wish::Wish;
use super::{document, row};
use crate::clock::random_bytes;
use crate::db::{DbError, Tx, WriteError};
use crate::feeds;
use crate::identity::account::by_id;
use crate::identity::own_password::{OwnPasswordError, with_password};
use crate::identity::{Identity, Origin};
use crate::ledger::word;
use crate::params;

/// Nothing was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// Says which field.
    #[error("the field {0} is not acceptable")]
    Invalid(&'static str),
    /// One of this kind is open, or an account with a role would be erased.
    #[error("this cannot be asked now")]
    NotNow,
    /// The password is not the person's.
    #[error(transparent)]
    Password(#[from] OwnPasswordError),
    /// The words could not be encrypted.
    #[error("the wish could not be sealed")]
    Sealing,
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Keeps the wish and answers by when the office must have answered. Erasing asks for the password.
///
/// # Errors
/// [`AskError`]
pub async fn ask(
    identity: &Identity,
    account: AccountId,
    input: &AskData,
    origin: Origin,
) -> Result<DataRequest, AskError> {
    let backend = &identity.backend;
    let (profile, now, random) = (&backend.profile, backend.clock.now(), backend.random.as_ref());
    let wish = Wish::read(input, profile.calendar.day_of(now)).map_err(AskError::Invalid)?;
    if input.kind == DataRequestKind::Erase {
        let password = input.password.as_deref().ok_or(AskError::Invalid("/password"))?;
        with_password(identity, account, password, origin).await?;
    }
    let id = DataRequestId::from_parts(now, random_bytes(random));
    let sealed = wish.seal(&identity.numbers, id, random).ok_or(AskError::Sealing)?;
    let request = DataRequest {
        id,
        kind: input.kind,
        asked_at: now,
        due_at: profile.calendar.add(now, profile.personal.answer_within),
        state: DataRequestState::Open,
        ended_at: None,
        answer: None,
    };
    let (kept, account) = (request.clone(), account.to_string());
    let nudges = backend
        .db
        .write(move |tx| insert(tx, &account, &kept, &sealed))
        .await
        .map_err(WriteError::flatten)?;
    backend.nudges.tell(nudges);
    Ok(request)
}

fn insert(
    tx: &mut Tx<'_>,
    account: &str,
    request: &DataRequest,
    sealed: &[u8],
) -> Result<Vec<Nudge>, AskError> {
    // The row's lock keeps a second wish of this kind waiting.
    let change = document::bump(tx, account)?;
    let erases_official =
        request.kind == DataRequestKind::Erase && !by_id(tx, account)?.view.roles.is_empty();
    if erases_official || row::open_one(tx, account, request.kind)?.is_some() {
        return Err(AskError::NotNow);
    }
    tx.execute(
        "INSERT INTO data_requests (id, account_id, kind, wish_sealed, asked_at, due_at, state) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            request.id.to_string(),
            account,
            word::word(request.kind),
            sealed,
            request.asked_at.0,
            request.due_at.0,
            word::word(request.state),
        ],
    )?;
    let mut nudges = feeds::bump(tx, &[change])?;
    nudges.push(Nudge::Queue);
    Ok(nudges)
}
