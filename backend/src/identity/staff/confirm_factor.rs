//! `POST /v1/second-factor/confirm`: the first code proves that the authenticator has the secret.

use citizen_contract::audit::AuditAct;
use citizen_contract::ids::{AccountId, DeviceId};
use citizen_contract::staff::{ConfirmFactor, DutyLeft};

use super::super::account::by_id;
use super::super::{CodeRefused, Identity};
use super::{FactorTry, log, verify};
use crate::db::{DbError, WriteError};
use crate::params;

/// No second factor was set up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FactorError {
    /// There is one already, or the account needs none, or the password comes first.
    #[error("no second factor can be set up now")]
    NotNow,
    /// The code.
    #[error(transparent)]
    Code(#[from] CodeRefused),
    /// The secret could not be sealed.
    #[error("the secret could not be sealed")]
    Sealing,
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Confirms the secret that was drawn last. Where the answer was lost, the same again is answered alike.
///
/// # Errors
/// [`FactorError`]
pub async fn confirm_factor(
    identity: &Identity,
    account: AccountId,
    here: Option<DeviceId>,
    input: &ConfirmFactor,
) -> Result<DutyLeft, FactorError> {
    let tried = FactorTry::new(identity, account, &input.code, false);
    if !tried.is_whole() {
        return Err(CodeRefused::Malformed.into());
    }
    let (now, rules) = (identity.backend.clock.now(), identity.staff);
    let confirmed = identity
        .backend
        .db
        .write(move |tx| {
            let before = by_id(tx, &account.to_string())?;
            if before.factor {
                return Ok(Some(rules.shown(before).view.duty));
            }
            if !verify(tx, &tried, now, true)? {
                return Ok(None);
            }
            if let Some(here) = here {
                tx.execute(
                    "UPDATE devices SET factor_at = ?2 WHERE id = ?1",
                    params![here.to_string(), now.0],
                )?;
            }
            log::note(tx, &before, AuditAct::FactorEnrolled, now)?;
            Ok::<_, DbError>(Some(rules.shown(by_id(tx, &account.to_string())?).view.duty))
        })
        .await
        .map_err(WriteError::flatten)?;
    // The count of wrong codes must be kept, hence no error inside the transaction.
    let duty = confirmed.ok_or(CodeRefused::Wrong { tries_left: 5 })?;
    Ok(DutyLeft { duty })
}
