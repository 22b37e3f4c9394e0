//! Accounts of staff, as an administrator's screens are told, and the duties of one's own.

use citizen_contract::documents::LocalisedText;
use citizen_contract::ids::{AccountId, UnitId};
use citizen_contract::staff::{
    AuditEntry, AuditPage, ImportProblem, ImportRow, StaffImported, StaffPage, StaffRow,
};
use citizen_contract::time::UtcMillis;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Session;
use super::view::{RoleView, role_view};
use crate::locality::Locality;
use crate::store::StoreError;

/// What goes into an authenticator app.
#[derive(Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct FactorView {
    /// The secret in groups of four, for typing.
    pub secret: String,
    /// The same as a QR code: rows of modules, `1` for dark.
    pub modules: Vec<String>,
}

/// A unit that an administrator may give roles in.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct StaffUnit {
    /// The unit.
    pub id: UnitId,
    /// Its name.
    pub name: LocalisedText,
}

/// An account of the staff.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct StaffRowView {
    /// What the backend says of it.
    #[serde(flatten)]
    pub row: StaffRow,
    /// Its roles with their units' names.
    pub shown_roles: Vec<RoleView>,
}

/// A page of accounts.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct StaffView {
    /// Now.
    pub now: UtcMillis,
    /// The accounts.
    pub rows: Vec<StaffRowView>,
    /// How many there are altogether.
    pub total: u32,
    /// The units in force that the administrator looks after.
    pub units: Vec<StaffUnit>,
}

/// A line of a list that is or was imported.
#[derive(Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct ImportRowView {
    /// What the backend says of it.
    #[serde(flatten)]
    pub row: ImportRow,
    /// Its roles with their units' names.
    pub shown_roles: Vec<RoleView>,
}

/// A list that is or was imported.
#[derive(Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct ImportView {
    /// Why nothing of it can be read.
    pub file_problem: Option<ImportProblem>,
    /// Its lines.
    pub rows: Vec<ImportRowView>,
    /// How many of them are or were imported.
    pub good: u32,
}

/// A page of the audit log.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct AuditView {
    /// Now.
    pub now: UtcMillis,
    /// The entries, the newest first.
    pub entries: Vec<AuditEntryView>,
    /// Whether there are older ones.
    pub more: bool,
}

/// An entry of the audit log.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct AuditEntryView {
    /// What the backend says of it.
    #[serde(flatten)]
    pub entry: AuditEntry,
    /// The unit's name.
    pub unit_name: Option<LocalisedText>,
    /// Roles that were given or taken.
    pub roles: Vec<AuditRole>,
}

/// A role that was given or taken.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct AuditRole {
    /// Whether it was given.
    pub given: bool,
    /// Which.
    pub role: RoleView,
}

/// What of the audit log is asked for.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[ts(export, export_to = "views/")]
#[serde(deny_unknown_fields)]
pub struct AuditFilter {
    /// Only what this account did or what was done to it.
    pub person: Option<AccountId>,
    /// Only this act.
    pub act: Option<citizen_contract::audit::AuditAct>,
}

/// A page of accounts for screens.
#[must_use]
pub fn staff_view(page: StaffPage, locality: &Locality, now: UtcMillis) -> StaffView {
    let row = |row: StaffRow| StaffRowView {
        shown_roles: row.roles.iter().map(|role| role_view(role, locality)).collect(),
        row,
    };
    let today = locality.profile().calendar.day_of(now);
    let in_force = |id: &UnitId| locality.profile().in_force(id, today);
    let names = page
        .units
        .iter()
        .filter(|id| in_force(id))
        .filter_map(|id| Some(StaffUnit { id: id.clone(), name: locality.body_name(Some(id))? }));
    let mut units: Vec<StaffUnit> = names.collect();
    units.sort_by_cached_key(|unit| citizen_contract::fold::fold(&unit.name.vi));
    StaffView { now, rows: page.rows.into_iter().map(row).collect(), total: page.total, units }
}

/// An imported list for screens.
#[must_use]
pub fn import_view(answer: StaffImported, locality: &Locality) -> ImportView {
    let good = answer.rows.iter().filter(|row| row.problems.is_empty()).count();
    let row = |row: ImportRow| ImportRowView {
        shown_roles: row.roles.iter().map(|role| role_view(role, locality)).collect(),
        row,
    };
    ImportView {
        file_problem: answer.file_problem,
        rows: answer.rows.into_iter().map(row).collect(),
        good: u32::try_from(good).unwrap_or(u32::MAX),
    }
}

/// A page of the audit log for screens.
#[must_use]
pub fn audit_view(page: AuditPage, locality: &Locality, now: UtcMillis) -> AuditView {
    let entry = |entry: AuditEntry| AuditEntryView {
        unit_name: locality.body_name(entry.unit_id.as_ref()),
        roles: entry.detail.iter().filter_map(|code| audit_role(code, locality)).collect(),
        entry,
    };
    AuditView { now, entries: page.entries.into_iter().map(entry).collect(), more: page.more }
}

/// `given:handler@UNIT` as a role.
fn audit_role(code: &str, locality: &Locality) -> Option<AuditRole> {
    let (what, rest) = code.split_once(':')?;
    let (role, unit) = rest.split_once('@')?;
    let role = citizen_contract::session::RoleInUnit {
        role: citizen_contract::session::Role::named(role)?,
        unit_id: UnitId(unit.to_owned()),
    };
    Some(AuditRole { given: what == "given", role: role_view(&role, locality) })
}

impl Session {
    /// What is still to be done before all doors open.
    pub async fn duty(&self) -> Option<citizen_contract::staff::Duty> {
        self.kept.lock().await.account.duty
    }

    /// The backend says what is still to be done.
    ///
    /// # Errors
    /// [`StoreError`] if it could not be kept.
    pub async fn set_duty(&self, duty: Option<citizen_contract::staff::Duty>) -> Result<(), StoreError> {
        let mut kept = self.kept.lock().await;
        kept.account.duty = duty;
        self.keep(&kept).await;
        Ok(())
    }
}
