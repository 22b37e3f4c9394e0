//! What waits to be sent.

use citizen_contract::ids::{AttachmentId, CommandId};
use citizen_core::app::{OutboxView, SetAsideView};
use citizen_core::reports::DraftView;

use super::{Answer, Core};

#[tauri::command]
pub async fn outbox_view(core: Core<'_>) -> Answer<OutboxView> {
    core.outbox_view().await
}

#[tauri::command]
pub async fn outbox_recall(core: Core<'_>, command_id: CommandId) -> Answer<Option<DraftView>> {
    core.outbox_recall(command_id).await
}

#[tauri::command]
pub async fn outbox_delete(core: Core<'_>, command_id: CommandId) -> Answer<()> {
    core.outbox_delete(command_id).await
}

#[tauri::command]
pub async fn outbox_retry(core: Core<'_>) -> Answer<()> {
    core.outbox_retry().await
}

#[tauri::command]
pub async fn outbox_drop_photo(
    core: Core<'_>,
    command_id: CommandId,
    attachment_id: AttachmentId,
) -> Answer<()> {
    core.outbox_drop_photo(command_id, attachment_id).await
}

#[tauri::command]
pub async fn set_aside(core: Core<'_>) -> Answer<Vec<SetAsideView>> {
    core.set_aside().await
}
