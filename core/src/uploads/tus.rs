//! The two tus 1.0 requests that we need. Only answers that speak tus count.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest as _, Sha256};

use crate::outbox::Retry;
use crate::outbox::attachments::Attachment;
use crate::outbox::retry::{self, UploadRetry};
use crate::ports::{Method, Request, Response, Secret, Transport};

const VERSION: &str = "1.0.0";

/// Asks how many bytes the backend has.
pub(super) async fn offset(
    transport: &dyn Transport,
    photo: &Attachment,
    token: Secret,
) -> Result<u64, UploadRetry> {
    let request = Request::new(Method::Head, path(photo)).header("tus-resumable", VERSION).bearer(token);
    let answer =
        transport.send(request).await.map_err(|error| UploadRetry::Like(retry::of_transport(error)))?;
    acknowledged(&answer, photo, 0)
}

/// Sends bytes that start at `offset` and gives the offset after them.
pub(super) async fn patch(
    transport: &dyn Transport,
    photo: &Attachment,
    offset: u64,
    bytes: Vec<u8>,
    token: Secret,
) -> Result<u64, UploadRetry> {
    let checksum = format!("sha256 {}", BASE64.encode(Sha256::digest(&bytes)));
    let mut request = Request::new(Method::Patch, path(photo))
        .header("tus-resumable", VERSION)
        .header("content-type", "application/offset+octet-stream")
        .header("upload-offset", offset.to_string())
        .header("upload-checksum", checksum)
        .bearer(token);
    request.body = bytes;
    let answer =
        transport.send(request).await.map_err(|error| UploadRetry::Like(retry::of_transport(error)))?;
    acknowledged(&answer, photo, offset.saturating_add(1))
}

fn path(photo: &Attachment) -> String {
    format!("/v1/files/{}/{}", photo.owner, photo.declaration.id)
}

/// The offset in a successful answer, if it is ours and makes sense.
fn acknowledged(answer: &Response, photo: &Attachment, at_least: u64) -> Result<u64, UploadRetry> {
    if !(200..300).contains(&answer.status) {
        return Err(retry::of_upload(answer));
    }
    let speaks_tus = answer.header("tus-resumable") == Some(VERSION);
    let offset = answer.header("upload-offset").and_then(|value| value.parse::<u64>().ok());
    match offset {
        Some(offset) if speaks_tus && (at_least..=photo.declaration.size).contains(&offset) => Ok(offset),
        // A captive portal also answers 200, but it does not speak tus.
        _ => Err(UploadRetry::Like(Retry::Offline)),
    }
}
