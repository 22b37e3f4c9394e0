//! The officials' lists.

use citizen_core::workbench::{QueueFilter, QueuePageView, WorkFilter, WorkView};

use super::{Answer, Core};

#[tauri::command]
pub async fn queue_page(core: Core<'_>, filter: QueueFilter, after: Option<String>) -> Answer<QueuePageView> {
    core.queue_page(filter, after).await
}

#[tauri::command]
pub async fn unit_work(core: Core<'_>, filter: WorkFilter) -> Answer<WorkView> {
    core.unit_work(filter).await
}
