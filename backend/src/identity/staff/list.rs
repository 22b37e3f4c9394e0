//! `POST /v1/queries/staff`: the accounts of an administrator's units.

use citizen_contract::fold::fold;
use citizen_contract::ids::UnitId;
use citizen_contract::staff::{STAFF_PAGE, StaffPage, StaffRequest, StaffRow};
use citizen_contract::time::UtcMillis;
use citizen_contract::working_time::CivilDate;

use super::super::Identity;
use super::super::account::{AccountRow, by_id};
use super::act::StaffError;
use super::scope::Scope;
use crate::auth::Reader;
use crate::db::{DbError, Tx, WriteError};
use crate::params;

/// For how long wrong passwords count.
const WINDOW_MS: i64 = 60 * 60 * 1000;

/// A page, by name.
///
/// # Errors
/// [`StaffError`]
pub async fn list(
    identity: &Identity,
    reader: &Reader,
    request: StaffRequest,
) -> Result<StaffPage, StaffError> {
    let scope = Scope::of(&identity.backend.profile, reader).ok_or(StaffError::Forbidden)?;
    let now = identity.backend.clock.now();
    let page = identity.backend.db.read(move |tx| page(tx, &scope, &request, now)).await;
    Ok(page.map_err(WriteError::<DbError>::flatten)?)
}

fn page(
    tx: &mut Tx<'_>,
    scope: &Scope,
    request: &StaffRequest,
    now: UtcMillis,
) -> Result<StaffPage, DbError> {
    let mut values = Vec::new();
    let places = scope.placeholders(&mut values);
    let sql = format!("SELECT DISTINCT account_id FROM account_roles WHERE unit_id IN ({places})");
    let ids = tx.query(&sql, &values, |row| row.text(0))?;
    let words = fold(&request.words);
    let mut found = Vec::new();
    for id in ids {
        let row = by_id(tx, &id)?;
        let text = fold(&format!("{} {}", row.view.display_name, row.view.job_title));
        let here = |unit: &UnitId| row.view.roles.iter().any(|role| role.unit_id == *unit && scope.has(role));
        if words.split_whitespace().all(|word| text.contains(word))
            && request.unit_id.as_ref().is_none_or(here)
        {
            found.push((text, row));
        }
    }
    found.sort_by(|(one, a), (other, b)| one.cmp(other).then_with(|| a.view.id.0.cmp(&b.view.id.0)));
    let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
    let skip = usize::try_from(request.skip).unwrap_or(usize::MAX);
    let mut rows = Vec::new();
    for (_, row) in found.into_iter().skip(skip).take(STAFF_PAGE) {
        rows.push(shown(tx, scope, row, now)?);
    }
    Ok(StaffPage { rows, total, units: scope.units.iter().cloned().collect() })
}

fn shown(tx: &mut Tx<'_>, scope: &Scope, row: AccountRow, now: UtcMillis) -> Result<StaffRow, DbError> {
    let id = row.view.id.to_string();
    let (masked_number, failed, seen) = tx.query_one(
        "SELECT masked_number, (SELECT failed FROM sign_in_attempts \
         WHERE sign_in_attempts.number_hash = accounts.number_hash AND window_started_at > ?2), \
         (SELECT MAX(last_seen_day) FROM devices WHERE account_id = accounts.id) \
         FROM accounts WHERE id = ?1",
        params![&id, now.0.saturating_sub(WINDOW_MS)],
        |row| Ok((row.text(0)?, row.opt_int(1)?, row.opt_int(2)?)),
    )?;
    let whole = scope.whole(&row);
    Ok(StaffRow {
        account_id: row.view.id,
        display_name: row.view.display_name,
        job_title: row.view.job_title,
        masked_number,
        roles: row.view.roles,
        locked: row.locked,
        factor: row.factor,
        password_given: row.password_given,
        failed_tries: failed.and_then(|failed| u32::try_from(failed).ok()).unwrap_or(0),
        last_seen_day: seen.map(|day| CivilDate::from_days(day).to_string()),
        own: row.view.id == scope.me,
        whole,
    })
}
