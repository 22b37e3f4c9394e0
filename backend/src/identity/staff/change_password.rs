//! `POST /v1/password`: the person's own password in the place of a given or an older one.

use citizen_contract::audit::AuditAct;
use citizen_contract::ids::AccountId;
use citizen_contract::staff::{ChangePassword, DutyLeft, weaknesses};

use super::super::account::by_id;
use super::super::own_password::{OwnPasswordError, with_password};
use super::super::passwords::check_length;
use super::super::token::{SessionId, Token};
use super::super::{Identity, Origin, PasswordError};
use super::log;
use crate::db::{DbError, WriteError};
use crate::params;

/// The password stays.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangePasswordError {
    /// The one until now is another, or was tried too often.
    #[error(transparent)]
    Current(#[from] OwnPasswordError),
    /// The new one does not do.
    #[error("the new password is too weak")]
    Weak,
    /// It could not be hashed.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Sets the new password and ends all other sessions.
///
/// # Errors
/// [`ChangePasswordError`]
pub async fn change_password(
    identity: &Identity,
    account: AccountId,
    token: &str,
    input: &ChangePassword,
    origin: Origin,
) -> Result<DutyLeft, ChangePasswordError> {
    let (row, number) = with_password(identity, account, &input.current, origin).await?;
    let old = row.password_hash.clone();
    let staff = !row.view.roles.is_empty();
    check_length(&input.new).map_err(|_| ChangePasswordError::Weak)?;
    let weak = staff && !weaknesses(&input.new, number.reveal(), &row.view.display_name).is_empty();
    if weak || input.new == input.current {
        return Err(ChangePasswordError::Weak);
    }
    let hash = identity.passwords.hash(&input.new, identity.backend.random.as_ref()).await?;
    let here: SessionId = Token::parse(token).map(|token| token.session()).unwrap_or_default();
    let (now, rules) = (identity.backend.clock.now(), identity.staff);
    let view = identity
        .backend
        .db
        .write(move |tx| {
            let changed = tx.execute(
                "UPDATE accounts SET password_hash = ?2, password_given = 0 \
                 WHERE id = ?1 AND password_hash = ?3",
                params![account.to_string(), &hash, &old],
            )?;
            if changed == 0 {
                return Err(ChangePasswordError::Current(OwnPasswordError::Wrong));
            }
            tx.execute(
                "UPDATE sessions SET revoked_at = ?2, successor_sealed = NULL \
                 WHERE account_id = ?1 AND id <> ?3 AND revoked_at IS NULL",
                params![account.to_string(), now.0, &here],
            )?;
            log::note(tx, &row, AuditAct::PasswordChanged, now)?;
            Ok(rules.shown(by_id(tx, &account.to_string())?).view)
        })
        .await
        .map_err(WriteError::<ChangePasswordError>::flatten)?;
    Ok(DutyLeft { duty: view.duty })
}
