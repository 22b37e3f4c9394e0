//! Drafts of reports and of acts with photos.

use citizen_contract::ids::{AttachmentId, CommandId};
use citizen_core::reports::{DraftPatch, DraftView, SubmitView};

use super::{Answer, Core};

#[tauri::command]
pub async fn draft_new(core: Core<'_>) -> Answer<DraftView> {
    core.draft_new().await
}

#[tauri::command]
pub async fn draft_get(core: Core<'_>, id: CommandId) -> Answer<DraftView> {
    core.draft_get(id).await
}

#[tauri::command]
pub async fn draft_save(core: Core<'_>, id: CommandId, patch: DraftPatch) -> Answer<DraftView> {
    core.draft_save(id, patch).await
}

#[tauri::command]
pub async fn draft_delete(core: Core<'_>, id: CommandId) -> Answer<()> {
    core.draft_delete(id).await
}

#[tauri::command]
pub async fn draft_remove_photo(core: Core<'_>, id: CommandId, photo_id: AttachmentId) -> Answer<DraftView> {
    core.draft_remove_photo(id, photo_id).await
}

#[tauri::command]
pub async fn draft_submit(core: Core<'_>, id: CommandId) -> Answer<SubmitView> {
    core.draft_submit(id).await
}
