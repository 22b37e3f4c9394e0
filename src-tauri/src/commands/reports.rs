//! Reports as their sender and the officials see them, and the acts on them.

use citizen_contract::ids::ReportId;
use citizen_core::app::{ActDraftKind, ActRequest, HomeView};
use citizen_core::places::CatalogueView;
use citizen_core::reports::{ActView, DraftView, ReportView, ReportsTab, ReportsView};

use super::{Answer, Core};

#[tauri::command]
pub async fn catalogue(core: Core<'_>) -> Answer<CatalogueView> {
    Ok(core.catalogue())
}

#[tauri::command]
pub async fn home_view(core: Core<'_>) -> Answer<HomeView> {
    core.home_view().await
}

#[tauri::command]
pub async fn reports_mine(core: Core<'_>, tab: ReportsTab) -> Answer<ReportsView> {
    core.reports_mine(tab).await
}

#[tauri::command]
pub async fn report_view(core: Core<'_>, id: ReportId) -> Answer<ReportView> {
    core.report_view(id).await
}

#[tauri::command]
pub async fn act(core: Core<'_>, report_id: ReportId, act: ActRequest) -> Answer<ActView> {
    core.act(report_id, act).await
}

#[tauri::command]
pub async fn act_draft(core: Core<'_>, report_id: ReportId, kind: ActDraftKind) -> Answer<DraftView> {
    core.act_draft(report_id, kind).await
}
