//! What is kept of the person, and the office's tasks about it.

use std::path::PathBuf;

use citizen_contract::ids::{DataRequestId, UnitId};
use citizen_core::app::{DataWish, ExportProgress, ExportView};
use citizen_core::identity::my_data::{DataTasksView, MyDataView};
use citizen_core::identity::view::SessionView;
use tauri::{AppHandle, Manager as _};

use super::{Answer, Core};

#[tauri::command]
pub async fn my_data(core: Core<'_>) -> Answer<MyDataView> {
    core.my_data().await
}

#[tauri::command]
pub async fn consent_set(core: Core<'_>, purpose: String, given: bool) -> Answer<MyDataView> {
    core.consent_set(purpose, given).await
}

#[tauri::command]
pub async fn home_unit_set(core: Core<'_>, unit: Option<UnitId>) -> Answer<()> {
    core.home_unit_set(unit).await
}

#[tauri::command]
pub async fn data_ask(core: Core<'_>, wish: DataWish) -> Answer<()> {
    core.data_ask(wish).await
}

#[tauri::command]
pub async fn data_take_back(core: Core<'_>, id: DataRequestId) -> Answer<()> {
    core.data_take_back(id).await
}

/// Where people look for what they fetched; else where they keep what they write.
#[tauri::command]
pub async fn data_export(core: Core<'_>, app: AppHandle) -> Answer<ExportView> {
    let paths = app.path();
    let known = paths.download_dir().or_else(|_| paths.document_dir());
    let folder = known.or_else(|_| paths.home_dir().map(|home| home.join("Downloads")));
    core.data_export(folder.unwrap_or_else(|_| PathBuf::from("."))).await
}

#[tauri::command]
pub async fn export_progress(core: Core<'_>) -> Answer<ExportProgress> {
    Ok(core.export_progress())
}

#[tauri::command]
pub async fn data_tasks(core: Core<'_>) -> Answer<DataTasksView> {
    core.data_tasks().await
}

#[tauri::command]
pub async fn data_answer(core: Core<'_>, id: DataRequestId, done: bool, words: String) -> Answer<()> {
    core.data_answer(id, done, words).await
}

#[tauri::command]
pub async fn account_forget(core: Core<'_>) -> Answer<SessionView> {
    core.account_forget().await
}
