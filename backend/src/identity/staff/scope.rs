//! What an administrator reaches: the units of their role and all their parts.

use std::collections::BTreeSet;

use citizen_contract::ids::{AccountId, UnitId};
use citizen_contract::profile::Profile;
use citizen_contract::session::{Role, RoleInUnit};

use super::super::account::{AccountRow, by_id};
use crate::auth::Reader;
use crate::db::{DbError, Tx, Value};
use crate::params;

/// An administrator's reach.
#[derive(Debug, Clone)]
pub(super) struct Scope {
    /// The administrator.
    pub(super) me: AccountId,
    /// The units.
    pub(super) units: BTreeSet<UnitId>,
    /// The unit that the locality is.
    pub(super) root: UnitId,
}

impl Scope {
    /// None for whoever administers nothing.
    pub(super) fn of(profile: &Profile, reader: &Reader) -> Option<Self> {
        let own = reader.roles.iter().filter(|role| role.role == Role::Administrator);
        let units: BTreeSet<UnitId> = own.flat_map(|role| profile.parts_of(&role.unit_id)).collect();
        let root = profile.locality.unit.clone();
        (!units.is_empty()).then_some(Self { me: reader.account, units, root })
    }

    pub(super) fn has(&self, role: &RoleInUnit) -> bool {
        self.units.contains(&role.unit_id)
    }

    /// Whether the whole of an account is within reach, so that it may be locked and reset.
    pub(super) fn whole(&self, account: &AccountRow) -> bool {
        account.view.roles.iter().all(|role| self.has(role))
    }

    /// An account with a role within reach; any other does not exist.
    pub(super) fn target(&self, tx: &mut Tx<'_>, account: AccountId) -> Result<Option<AccountRow>, DbError> {
        match by_id(tx, &account.to_string()) {
            Ok(row) => Ok(Some(row).filter(|row| row.view.roles.iter().any(|role| self.has(role)))),
            Err(DbError::NoRow) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// `?n, ?n+1, …` for the units, which are added to the parameters.
    pub(super) fn placeholders(&self, params: &mut Vec<Value>) -> String {
        let places = self.units.iter().map(|unit| {
            params.push(Value::from(unit.as_str()));
            format!("?{}", params.len())
        });
        places.collect::<Vec<_>>().join(", ")
    }

    /// Whether nobody else could look after the accounts of the root unit.
    pub(super) fn is_last(&self, tx: &mut Tx<'_>, account: &AccountRow) -> Result<bool, DbError> {
        let root = |role: &RoleInUnit| role.role == Role::Administrator && role.unit_id == self.root;
        if !account.view.roles.iter().any(root) {
            return Ok(false);
        }
        let others = tx.query_one(
            "SELECT COUNT(*) FROM account_roles JOIN accounts ON accounts.id = account_roles.account_id \
             WHERE role = 'administrator' AND unit_id = ?1 AND account_id <> ?2 AND locked_at IS NULL",
            params![self.root.as_str(), account.view.id.to_string()],
            |row| row.int(0),
        )?;
        Ok(others == 0)
    }
}
