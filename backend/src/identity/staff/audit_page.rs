//! `POST /v1/queries/audit`: what happened with the accounts of an administrator's units.

use std::collections::BTreeMap;

use citizen_contract::audit::AuditAct;
use citizen_contract::ids::{AccountId, UnitId};
use citizen_contract::staff::{AuditEntry, AuditPage, AuditPerson, AuditRequest};
use citizen_contract::time::UtcMillis;

use super::super::Identity;
use super::act::StaffError;
use super::scope::Scope;
use crate::auth::Reader;
use crate::db::{DbError, Row, Tx, Value, WriteError};
use crate::params;

/// How many entries a page has.
const PAGE: usize = 50;

/// A page of the log, the newest first.
///
/// # Errors
/// [`StaffError`]
pub async fn audit_page(
    identity: &Identity,
    reader: &Reader,
    request: AuditRequest,
) -> Result<AuditPage, StaffError> {
    let scope = Scope::of(&identity.backend.profile, reader).ok_or(StaffError::Forbidden)?;
    let page = identity.backend.db.read(move |tx| page(tx, &scope, &request)).await;
    Ok(page.map_err(WriteError::<DbError>::flatten)?)
}

fn page(tx: &mut Tx<'_>, scope: &Scope, request: &AuditRequest) -> Result<AuditPage, DbError> {
    let mut values = vec![
        Value::from(request.before.map_or(i64::MAX, i64::from)),
        Value::from(request.act.map(AuditAct::as_str)),
        Value::from(request.person.map(|person| person.to_string())),
    ];
    let places = scope.placeholders(&mut values);
    let sql = format!(
        "SELECT seq, at, act, actor, subject_kind, subject_id, unit_id, detail FROM audit \
         WHERE seq < ?1 AND act = COALESCE(?2, act) \
         AND (COALESCE(?3, '') = '' OR actor = ?3 OR subject_id = ?3) \
         AND unit_id IN ({places}) ORDER BY seq DESC LIMIT {}",
        PAGE.saturating_add(1)
    );
    let mut entries = tx.query(&sql, &values, read)?;
    let more = entries.len() > PAGE;
    entries.truncate(PAGE);
    let mut names = BTreeMap::new();
    for entry in &mut entries {
        for person in [&mut entry.actor, &mut entry.subject].into_iter().flatten() {
            person.display_name = name(tx, &mut names, person.account_id)?;
        }
    }
    Ok(AuditPage { entries, more })
}

fn read(row: &Row<'_>) -> Result<AuditEntry, DbError> {
    let person = |id: Option<String>| {
        let account_id: AccountId = id?.parse().ok()?;
        Some(AuditPerson { account_id, display_name: String::new() })
    };
    let subject = row.opt_text(4)?.filter(|kind| kind == "account").and(row.opt_text(5)?);
    Ok(AuditEntry {
        seq: u32::try_from(row.int(0)?).unwrap_or(u32::MAX),
        at: UtcMillis(row.int(1)?),
        act: AuditAct::named(&row.text(2)?),
        actor: person(row.opt_text(3)?),
        subject: person(subject),
        unit_id: row.opt_text(6)?.map(UnitId),
        detail: row.text(7)?.split_whitespace().map(str::to_owned).collect(),
    })
}

/// The name of a member of staff; people who hold no role are not named here.
fn name(
    tx: &mut Tx<'_>,
    known: &mut BTreeMap<String, String>,
    account: AccountId,
) -> Result<String, DbError> {
    let id = account.to_string();
    if let Some(name) = known.get(&id) {
        return Ok(name.clone());
    }
    let name = tx.query_opt(
        "SELECT display_name FROM accounts WHERE id = ?1 \
         AND EXISTS (SELECT 1 FROM account_roles WHERE account_id = accounts.id)",
        params![&id],
        |row| row.text(0),
    )?;
    let name = name.unwrap_or_default();
    known.insert(id, name.clone());
    Ok(name)
}
