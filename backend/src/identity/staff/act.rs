//! `POST /v1/staff/{account}`: what an administrator does to an account.

use citizen_contract::audit::AuditAct;
use citizen_contract::ids::AccountId;
use citizen_contract::session::RoleInUnit;
use citizen_contract::staff::{MAX_ROLES, StaffAct, StaffActed};
use citizen_contract::sync::Nudge;
use citizen_contract::time::UtcMillis;

use super::super::account::AccountRow;
use super::super::cut_off_all::end_everywhere;
use super::super::{Identity, PasswordError};
use super::scope::Scope;
use super::{given, table};
use crate::audit::{self, Entry, Subject};
use crate::auth::Reader;
use crate::db::{DbError, Tx, WriteError};
use crate::feeds;
use crate::params;

/// Nothing was done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StaffError {
    /// Who asks administers nothing.
    #[error("who asks is no administrator")]
    Forbidden,
    /// No such account within reach.
    #[error("no such account")]
    NotFound,
    /// Some of the account's roles are out of reach.
    #[error("other administrators look after this account too")]
    NotWhole,
    /// Administrators do this to others.
    #[error("another administrator must do this")]
    NotOneself,
    /// Nobody would be left.
    #[error("this is the last administrator")]
    LastAdministrator,
    /// A value; says which field.
    #[error("the field {0} is not acceptable")]
    Invalid(&'static str),
    /// A role in a unit that does not exist or is out of reach.
    #[error("no such unit")]
    UnknownUnit,
    /// The number's account has another name.
    #[error("the number belongs to another name")]
    NameDiffers,
    /// A password could not be hashed.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// A number could not be sealed.
    #[error("a number could not be sealed")]
    Sealing,
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// One act, ready for its transaction.
struct Doing {
    scope: Scope,
    account: AccountId,
    act: StaffAct,
    password_hash: Option<String>,
    now: UtcMillis,
}

/// Does it, and writes it down.
///
/// # Errors
/// [`StaffError`]
pub async fn act(
    identity: &Identity,
    reader: &Reader,
    account: AccountId,
    act: StaffAct,
) -> Result<StaffActed, StaffError> {
    let backend = &identity.backend;
    let scope = Scope::of(&backend.profile, reader).ok_or(StaffError::Forbidden)?;
    let (mut password, mut password_hash) = (None, None);
    if act == StaffAct::ResetPassword {
        let drawn = given::draw(backend.random.as_ref(), 4, 4);
        password_hash = Some(identity.passwords.hash(&drawn, backend.random.as_ref()).await?);
        password = Some(drawn);
    }
    let doing = Doing { scope, account, act, password_hash, now: backend.clock.now() };
    let nudges = backend.db.write(move |tx| doing.carry_out(tx)).await.map_err(WriteError::flatten)?;
    backend.nudges.tell(nudges);
    Ok(StaffActed { password })
}

impl Doing {
    fn carry_out(&self, tx: &mut Tx<'_>) -> Result<Vec<Nudge>, StaffError> {
        let row = self.scope.target(tx, self.account)?.ok_or(StaffError::NotFound)?;
        self.may(tx, &row)?;
        let id = self.account.to_string();
        let mut detail = Vec::new();
        let done = match &self.act {
            StaffAct::SetRoles { roles } => {
                detail = self.set_roles(tx, &row, roles)?;
                AuditAct::RolesChanged
            }
            StaffAct::Lock => {
                tx.execute("UPDATE accounts SET locked_at = ?2 WHERE id = ?1", params![&id, self.now.0])?;
                AuditAct::AccountLocked
            }
            StaffAct::Unlock => {
                tx.execute("UPDATE accounts SET locked_at = NULL WHERE id = ?1", params![&id])?;
                for table in ["sign_in_attempts", "sign_in_origins"] {
                    let sql = format!(
                        "DELETE FROM {table} WHERE number_hash = (SELECT number_hash FROM accounts WHERE id = ?1)"
                    );
                    tx.execute(&sql, params![&id])?;
                }
                AuditAct::AccountUnlocked
            }
            StaffAct::ResetPassword => {
                let sql = "UPDATE accounts SET password_hash = ?2, password_given = 1 WHERE id = ?1";
                tx.execute(sql, params![&id, self.password_hash.as_ref()])?;
                AuditAct::PasswordReset
            }
            StaffAct::SignOutEverywhere => AuditAct::SignedOutEverywhere,
            StaffAct::ResetFactor => {
                table::remove(tx, self.account)?;
                AuditAct::FactorReset
            }
        };
        let gone = match &self.act {
            StaffAct::SetRoles { .. } | StaffAct::Unlock => Vec::new(),
            _ => end_everywhere(tx, &id, self.now)?,
        };
        let unit = row.view.roles.iter().find(|role| self.scope.has(role)).map(|role| role.unit_id.clone());
        let subject = Some(Subject::account(self.account));
        let actor = Some(self.scope.me);
        audit::record(tx, &Entry { at: self.now, actor, act: done, subject, unit, detail })?;
        Ok(feeds::bump(tx, &gone)?)
    }

    fn may(&self, tx: &mut Tx<'_>, row: &AccountRow) -> Result<(), StaffError> {
        let own = self.account == self.scope.me;
        let roles_only = matches!(self.act, StaffAct::SetRoles { .. });
        if own && self.act != StaffAct::SignOutEverywhere {
            return Err(StaffError::NotOneself);
        }
        if !roles_only && !self.scope.whole(row) {
            return Err(StaffError::NotWhole);
        }
        if self.act == StaffAct::Lock && self.scope.is_last(tx, row)? {
            return Err(StaffError::LastAdministrator);
        }
        Ok(())
    }

    /// Roles out of reach stay as they are.
    fn set_roles(
        &self,
        tx: &mut Tx<'_>,
        row: &AccountRow,
        roles: &[RoleInUnit],
    ) -> Result<Vec<String>, StaffError> {
        if roles.len() > MAX_ROLES {
            return Err(StaffError::Invalid("/roles"));
        }
        if !roles.iter().all(|role| self.scope.has(role)) {
            return Err(StaffError::UnknownUnit);
        }
        let own: Vec<_> = row.view.roles.iter().filter(|role| self.scope.has(role)).collect();
        let taken: Vec<_> = own.iter().copied().filter(|role| !roles.contains(role)).collect();
        let added: Vec<_> = roles.iter().filter(|role| !own.contains(role)).collect();
        let root = |role: &&RoleInUnit| {
            role.role == citizen_contract::session::Role::Administrator && role.unit_id == self.scope.root
        };
        if taken.iter().copied().any(|role| root(&role)) && self.scope.is_last(tx, row)? {
            return Err(StaffError::LastAdministrator);
        }
        for role in &taken {
            tx.execute(
                "DELETE FROM account_roles WHERE account_id = ?1 AND role = ?2 AND unit_id = ?3",
                params![self.account.to_string(), role.role.as_str(), role.unit_id.as_str()],
            )?;
        }
        give(tx, self.account, added.iter().copied())?;
        let taken = taken.iter().map(|role| code("taken", role));
        Ok(added.iter().map(|role| code("given", role)).chain(taken).take(16).collect())
    }
}

/// Gives roles that an account does not have.
pub(super) fn give<'a>(
    tx: &mut Tx<'_>,
    account: AccountId,
    roles: impl Iterator<Item = &'a RoleInUnit>,
) -> Result<(), DbError> {
    for role in roles {
        tx.execute(
            "INSERT INTO account_roles (account_id, role, unit_id) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            params![account.to_string(), role.role.as_str(), role.unit_id.as_str()],
        )?;
    }
    Ok(())
}

/// A role in the audit log.
pub(super) fn code(what: &str, role: &RoleInUnit) -> String {
    format!("{what}:{}@{}", role.role.as_str(), role.unit_id)
}
