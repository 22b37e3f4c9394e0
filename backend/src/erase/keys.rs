//! What finds a person's rows.

use citizen_contract::ids::AccountId;

use super::register::{Of, Table};
use crate::db::{DbError, Tx, Value};
use crate::params;

/// The keys of one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys {
    /// The account's id.
    pub account: String,
    number: Vec<u8>,
    phone: Option<Vec<u8>>,
}

impl Keys {
    /// The keys of an account, if there is one.
    ///
    /// # Errors
    /// [`DbError`] of the room.
    pub fn of(tx: &mut Tx<'_>, account: AccountId) -> Result<Option<Self>, DbError> {
        let id = account.to_string();
        tx.query_opt("SELECT number_hash, phone_hash FROM accounts WHERE id = ?1", params![&id], |row| {
            Ok(Self { account: id.clone(), number: row.bytes(0)?, phone: row.opt_bytes(1)? })
        })
    }

    /// The condition that finds this person's rows in a table, and its parameter; none if there are none.
    #[must_use]
    pub fn condition(&self, table: &Table) -> Option<(&'static str, Value)> {
        match table.of {
            Of::Nobody => None,
            Of::Account(condition) => Some((condition, Value::from(&self.account))),
            Of::Number(condition) => Some((condition, Value::from(&self.number))),
            Of::Phone(condition) => Some((condition, Value::from(self.phone.as_ref()?))),
        }
    }
}
