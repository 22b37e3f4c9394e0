//! `DELETE /v1/my-data/requests/{id}`: a wish is taken back before the office answers.

use citizen_contract::ids::{AccountId, DataRequestId};
use citizen_contract::my_data::DataRequestState;
use citizen_contract::sync::Nudge;

use super::{document, row};
use crate::db::{DbError, WriteError};
use crate::feeds;
use crate::identity::Identity;

/// Nothing was taken back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TakeBackError {
    /// The account has no such wish.
    #[error("there is no such wish")]
    Missing,
    /// It has ended already.
    #[error("the wish has ended")]
    Ended,
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Ends an open wish of the account.
///
/// # Errors
/// [`TakeBackError`]
pub async fn take_back(
    identity: &Identity,
    account: AccountId,
    id: DataRequestId,
) -> Result<(), TakeBackError> {
    let now = identity.backend.clock.now();
    let nudges = identity
        .backend
        .db
        .write(move |tx| {
            let account = account.to_string();
            if !row::of_account(tx, &account)?.iter().any(|request| request.id == id) {
                return Err(TakeBackError::Missing);
            }
            if !row::end(tx, id, DataRequestState::TakenBack, now, None, None)? {
                return Err(TakeBackError::Ended);
            }
            let change = document::bump(tx, &account)?;
            let mut nudges = feeds::bump(tx, &[change])?;
            nudges.push(Nudge::Queue);
            Ok(nudges)
        })
        .await
        .map_err(WriteError::flatten)?;
    identity.backend.nudges.tell(nudges);
    Ok(())
}
