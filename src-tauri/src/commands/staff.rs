//! The duties of staff, the accounts of an administrator's units, and their audit log.

use citizen_contract::ids::{AccountId, UnitId};
use citizen_contract::staff::{AddStaff, StaffAct, StaffActed, StaffAdded, Weakness};
use citizen_core::identity::staff::{AuditFilter, AuditView, FactorView, ImportView, StaffView};
use citizen_core::identity::view::SessionView;

use super::{Answer, Core};

#[tauri::command]
pub async fn password_check(core: Core<'_>, password: String) -> Answer<Vec<Weakness>> {
    core.password_check(&password).await
}

#[tauri::command]
pub async fn password_change(core: Core<'_>, current: String, new: String) -> Answer<SessionView> {
    core.password_change(current, new).await
}

#[tauri::command]
pub async fn factor_begin(core: Core<'_>) -> Answer<FactorView> {
    core.factor_begin().await
}

#[tauri::command]
pub async fn factor_confirm(core: Core<'_>, code: String) -> Answer<Vec<String>> {
    core.factor_confirm(code).await
}

#[tauri::command]
pub async fn factor_done(core: Core<'_>) -> Answer<SessionView> {
    core.factor_done().await
}

#[tauri::command]
pub async fn staff_list(
    core: Core<'_>,
    words: String,
    unit_id: Option<UnitId>,
    skip: u32,
) -> Answer<StaffView> {
    core.staff_list(words, unit_id, skip).await
}

#[tauri::command]
pub async fn staff_add(core: Core<'_>, form: AddStaff) -> Answer<StaffAdded> {
    core.staff_add(form).await
}

#[tauri::command]
pub async fn staff_act(core: Core<'_>, account: AccountId, act: StaffAct) -> Answer<StaffActed> {
    core.staff_act(account, act).await
}

#[tauri::command]
pub async fn staff_import(core: Core<'_>, text: String, preview: bool) -> Answer<ImportView> {
    core.staff_import(text, preview).await
}

#[tauri::command]
pub async fn audit_list(core: Core<'_>, filter: AuditFilter, before: Option<u32>) -> Answer<AuditView> {
    core.audit_list(filter, before).await
}
