//! Rows of checks: who was checked by whom, when and how. An account has at most one, for ever.

use citizen_contract::checks::{Check, CheckWay};
use citizen_contract::ids::{AccountId, IdentityCheckId, UnitId};
use citizen_contract::time::UtcMillis;

use crate::db::{DbError, Row, Tx};
use crate::params;

/// A check that is about to be kept.
pub(super) struct NewCheck {
    pub(super) id: IdentityCheckId,
    pub(super) check: Check,
    /// Where the card was seen, in words; perhaps empty.
    pub(super) place: String,
    /// The official who saw the card.
    pub(super) by: Option<AccountId>,
}

impl NewCheck {
    /// Keeps it, unless the account is checked already. Answers whether it was kept.
    pub(super) fn insert(&self, tx: &mut Tx<'_>, account: &str) -> Result<bool, DbError> {
        let added = tx.execute(
            "INSERT INTO identity_checks (id, account_id, way, checked_at, unit_id, place, by_account) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (account_id) DO NOTHING",
            params![
                self.id.to_string(),
                account,
                way_name(self.check.way),
                self.check.at.0,
                self.check.unit_id.as_ref().map(UnitId::as_str),
                self.place.as_str(),
                self.by.map(|by| by.to_string()),
            ],
        )?;
        Ok(added == 1)
    }
}

/// A check in the three columns from `first` on: way, time, unit; none while the account is only declared.
pub(in crate::identity) fn read(row: &Row<'_>, first: usize) -> Result<Option<Check>, DbError> {
    let Some(way) = row.opt_text(first)? else { return Ok(None) };
    let at = UtcMillis(row.int(first.saturating_add(1))?);
    let unit_id = row.opt_text(first.saturating_add(2))?.map(UnitId);
    Ok(Some(Check { way: way_named(&way)?, at, unit_id }))
}

fn way_name(way: CheckWay) -> &'static str {
    match way {
        CheckWay::Card => "card",
        CheckWay::National => "national",
    }
}

fn way_named(name: &str) -> Result<CheckWay, DbError> {
    [CheckWay::Card, CheckWay::National].into_iter().find(|way| way_name(*way) == name).ok_or_else(|| {
        DbError::Column { index: 0, wanted: "a way to check", found: "another text".to_owned() }
    })
}
