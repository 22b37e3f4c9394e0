//! The account as a document in its own feed, `account:<id>`.
//!
//! Whoever changes what the owner sees of an account calls [`bump`] in the same transaction and hands
//! the change to `feeds::bump`.

use citizen_contract::ids::UnitId;
use citizen_contract::my_data::{AccountDocument, ConsentEntry};
use citizen_contract::time::UtcMillis;

use super::super::checks;
use super::row;
use crate::db::{DbError, Tx};
use crate::feeds::Change;
use crate::ledger::word;
use crate::params;

/// Counts a change of the account; the answer goes into `feeds::bump`. An unknown account is
/// [`DbError::NoRow`].
///
/// # Errors
/// [`DbError`] of the room.
pub fn bump(tx: &mut Tx<'_>, account: &str) -> Result<Change, DbError> {
    let revision = tx.query_one(
        "UPDATE accounts SET revision = revision + 1 WHERE id = ?1 RETURNING revision",
        params![account],
        |row| row.int(0),
    )?;
    Ok(change(account, revision))
}

/// The document of an account that was made in this transaction.
#[must_use]
pub(in crate::identity) fn first(account: &str) -> Change {
    change(account, 1)
}

fn change(account: &str, revision: i64) -> Change {
    Change {
        feed: format!("account:{account}"),
        doc_kind: "account".to_owned(),
        doc_id: account.to_owned(),
        revision: revision.unsigned_abs(),
        gone: false,
    }
}

/// The account as its owner keeps it.
///
/// # Errors
/// [`DbError`] of the room.
pub fn render(tx: &mut Tx<'_>, account: &str) -> Result<Option<AccountDocument>, DbError> {
    let document = tx.query_opt(
        "SELECT accounts.id, display_name, masked_number, masked_phone, home_unit, created_at, \
         way, checked_at, unit_id \
         FROM accounts LEFT JOIN identity_checks ON identity_checks.account_id = accounts.id \
         WHERE accounts.id = ?1 AND erasing_at IS NULL",
        params![account],
        |row| {
            Ok(AccountDocument {
                id: word::id(&row.text(0)?, 0)?,
                display_name: row.text(1)?,
                masked_number: row.text(2)?,
                masked_phone: row.opt_text(3)?,
                home_unit: row.opt_text(4)?.map(UnitId),
                created_at: UtcMillis(row.int(5)?),
                check: checks::read(row, 6)?,
                consents: Vec::new(),
                requests: Vec::new(),
            })
        },
    )?;
    let Some(document) = document else { return Ok(None) };
    Ok(Some(AccountDocument {
        consents: consents(tx, account)?,
        requests: row::of_account(tx, account)?,
        ..document
    }))
}

/// Everything that was agreed to and withdrawn, oldest first.
pub(super) fn consents(tx: &mut Tx<'_>, account: &str) -> Result<Vec<ConsentEntry>, DbError> {
    tx.query(
        "SELECT purpose, wording, withdrawn, given_at, way FROM consents WHERE account_id = ?1 \
         ORDER BY given_at, purpose",
        params![account],
        |row| {
            Ok(ConsentEntry {
                purpose: row.text(0)?,
                wording: row.text(1)?,
                given: row.int(2)? == 0,
                at: UtcMillis(row.int(3)?),
                way: row.text(4)?,
            })
        },
    )
}
