//! Reading an account's row.

use citizen_contract::ids::{AccountId, UnitId};
use citizen_contract::session::{AccountView, Role, RoleInUnit};
use citizen_contract::working_time::CivilDate;

use super::checks;
use crate::db::{DbError, Tx};
use crate::params;

/// What sign-in needs to know of an account.
#[derive(Clone)]
pub struct AccountRow {
    /// Who it is, to the app.
    pub view: AccountView,
    /// Argon2id in PHC form.
    pub(super) password_hash: String,
    /// The phone that was proved, sealed as [`sealed_as`] `phone`; none where an operator made the account.
    pub(super) phone_sealed: Option<Vec<u8>>,
    /// Whether somebody else gave the password.
    pub(super) password_given: bool,
    /// Whether an administrator locked it.
    pub(super) locked: bool,
    /// Whether the person does not exist.
    pub(super) sample: bool,
    /// Whether a second factor is set up.
    pub(super) factor: bool,
    /// The 16th birthday of somebody who registered younger.
    pub(super) child_until: Option<CivilDate>,
}

/// What a sealed text of an account's row is bound to.
pub(super) fn sealed_as(account: AccountId, what: &str) -> Vec<u8> {
    [account.0.as_bytes().as_slice(), what.as_bytes()].concat()
}

/// The account under a number.
pub(super) fn by_number(tx: &mut Tx<'_>, number_hash: &[u8; 32]) -> Result<Option<AccountRow>, DbError> {
    let id = tx.query_opt(
        "SELECT id FROM accounts WHERE number_hash = ?1 AND erasing_at IS NULL",
        params![number_hash],
        |row| row.text(0),
    )?;
    id.map(|id| by_id(tx, &id)).transpose()
}

/// The account with this id.
pub(super) fn by_id(tx: &mut Tx<'_>, id: &str) -> Result<AccountRow, DbError> {
    let roles = roles(tx, id)?;
    tx.query_one(
        "SELECT accounts.id, display_name, job_title, home_unit, password_hash, phone_sealed, child_until, \
         way, checked_at, unit_id, password_given, locked_at, sample, \
         EXISTS (SELECT 1 FROM staff_factors WHERE staff_factors.account_id = accounts.id \
         AND enrolled_at IS NOT NULL) \
         FROM accounts LEFT JOIN identity_checks ON identity_checks.account_id = accounts.id \
         WHERE accounts.id = ?1",
        params![id],
        |row| {
            Ok(AccountRow {
                view: AccountView {
                    id: account_id(&row.text(0)?)?,
                    display_name: row.text(1)?,
                    job_title: row.text(2)?,
                    home_unit: row.opt_text(3)?.map(UnitId),
                    roles: roles.clone(),
                    check: checks::read(row, 7)?,
                    duty: None,
                },
                password_given: row.int(10)? != 0,
                locked: row.opt_int(11)?.is_some(),
                sample: row.int(12)? != 0,
                factor: row.int(13)? != 0,
                password_hash: row.text(4)?,
                phone_sealed: row.opt_bytes(5)?,
                child_until: row.opt_int(6)?.map(CivilDate::from_days),
            })
        },
    )
}

fn roles(tx: &mut Tx<'_>, id: &str) -> Result<Vec<RoleInUnit>, DbError> {
    let rows = tx.query(
        "SELECT role, unit_id FROM account_roles WHERE account_id = ?1 ORDER BY role, unit_id",
        params![id],
        |row| Ok((row.text(0)?, row.text(1)?)),
    )?;
    // A role of a newer version than this one grants nothing here.
    Ok(rows
        .into_iter()
        .filter_map(|(role, unit)| Some(RoleInUnit { role: Role::named(&role)?, unit_id: UnitId(unit) }))
        .collect())
}

fn account_id(text: &str) -> Result<AccountId, DbError> {
    text.parse().map_err(|_| DbError::Column { index: 0, wanted: "account id", found: "text".to_owned() })
}
