//! `photo://localhost/<attachment id>/<variant>`: photos of the encrypted store, shown to the
//! window without a file and without a cache.

use std::str::FromStr as _;
use std::sync::Arc;

use citizen_contract::ids::AttachmentId;
use citizen_core::app::{App, PhotoVariant};
use tauri::http::{Response, StatusCode, header};
use tauri::{Manager as _, Runtime, UriSchemeContext, UriSchemeResponder};

/// The name of the scheme; on Windows and Android it is `http://photo.localhost/`.
pub const SCHEME: &str = "photo";

/// Answers one photo, off the window's thread.
pub fn serve<R: Runtime>(
    context: UriSchemeContext<'_, R>,
    request: tauri::http::Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let core = context.app_handle().state::<Arc<App>>().inner().clone();
    let wanted = wanted(request.uri().path());
    tauri::async_runtime::spawn(async move {
        let Some((id, variant)) = wanted else { return responder.respond(empty(StatusCode::NOT_FOUND)) };
        responder.respond(match core.photo_bytes(id, variant).await {
            Ok(Some(photo)) => shown(photo.media_type, photo.bytes),
            Ok(None) => empty(StatusCode::NOT_FOUND),
            Err(_) => empty(StatusCode::SERVICE_UNAVAILABLE),
        });
    });
}

fn wanted(path: &str) -> Option<(AttachmentId, PhotoVariant)> {
    let (id, variant) = path.strip_prefix('/')?.split_once('/')?;
    let variant = match variant {
        "thumb" => PhotoVariant::Thumb,
        "display" => PhotoVariant::Display,
        _ => return None,
    };
    Some((AttachmentId::from_str(id).ok()?, variant))
}

fn shown(media_type: &str, bytes: Vec<u8>) -> Response<Vec<u8>> {
    Response::builder()
        .header(header::CONTENT_TYPE, media_type)
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .body(bytes)
        .unwrap_or_else(|_| empty(StatusCode::INTERNAL_SERVER_ERROR))
}

fn empty(status: StatusCode) -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = status;
    response
}
