//! A photo on its way in: its bytes are the body of the call, so that no file path is needed and
//! no text encoding swells it.

use citizen_contract::ids::CommandId;
use citizen_core::app::AppError;
use citizen_core::photos::Agreement;
use citizen_core::reports::DraftView;
use tauri::http::HeaderMap;
use tauri::ipc::{InvokeBody, Request};

use super::{Answer, Core};

/// Which draft the photo belongs to.
const DRAFT: &str = "draft-id";
/// What the person agreed to send beside the picture: the words `time` and `place`.
const AGREED: &str = "photo-agreed";

#[tauri::command]
pub async fn draft_add_photo(core: Core<'_>, request: Request<'_>) -> Answer<DraftView> {
    let InvokeBody::Raw(bytes) = request.body() else { return Err(AppError::Missing) };
    let id = draft(request.headers()).ok_or(AppError::Missing)?;
    core.draft_add_photo(id, bytes.clone(), agreement(request.headers())).await
}

fn draft(headers: &HeaderMap) -> Option<CommandId> {
    headers.get(DRAFT)?.to_str().ok()?.parse().ok()
}

/// Without a word nothing but the picture is kept.
fn agreement(headers: &HeaderMap) -> Agreement {
    let words = headers.get(AGREED).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let agreed = |word| words.split_whitespace().any(|it| it == word);
    Agreement { time: agreed("time"), place: agreed("place") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_travels_beside_a_photo_unless_the_person_agreed() {
        assert_eq!(agreement(&HeaderMap::new()), Agreement { time: false, place: false });
        let mut headers = HeaderMap::new();
        headers.insert(AGREED, "time".parse().unwrap());
        assert_eq!(agreement(&headers), Agreement { time: true, place: false });
    }

    #[test]
    fn a_photo_without_a_draft_is_refused() {
        let mut headers = HeaderMap::new();
        assert!(draft(&headers).is_none());
        headers.insert(DRAFT, "../1".parse().unwrap());
        assert!(draft(&headers).is_none());
    }
}
