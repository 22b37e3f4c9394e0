//! `POST /v1/my-data/home-unit`: where somebody lives, which they say themselves.

use citizen_contract::ids::{AccountId, UnitId};

use super::document;
use crate::db::{DbError, WriteError};
use crate::feeds;
use crate::identity::Identity;
use crate::params;

/// Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HomeUnitError {
    /// The locality has no such unit today.
    #[error("there is no such unit")]
    UnknownUnit,
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Changes it at once.
///
/// # Errors
/// [`HomeUnitError`]
pub async fn set_home_unit(
    identity: &Identity,
    account: AccountId,
    unit: Option<UnitId>,
) -> Result<(), HomeUnitError> {
    let (profile, now) = (&identity.backend.profile, identity.backend.clock.now());
    let today = profile.calendar.day_of(now);
    if unit.as_ref().is_some_and(|unit| !profile.in_force(unit, today)) {
        return Err(HomeUnitError::UnknownUnit);
    }
    let nudges = identity
        .backend
        .db
        .write(move |tx| {
            let account = account.to_string();
            tx.execute(
                "UPDATE accounts SET home_unit = ?2 WHERE id = ?1",
                params![account.as_str(), unit.as_ref().map(UnitId::as_str)],
            )?;
            let change = document::bump(tx, &account)?;
            feeds::bump(tx, &[change])
        })
        .await
        .map_err(WriteError::<DbError>::flatten)?;
    identity.backend.nudges.tell(nudges);
    Ok(())
}
