//! `/v1/files/{command}/{attachment}`: tus 1.0 with the extensions checksum and expiration.

use std::time::{Duration, UNIX_EPOCH};

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, options};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use bytes::BytesMut;
use citizen_contract::command::MAX_ATTACHMENT_BYTES;
use citizen_contract::hash::ContentHash;
use citizen_contract::problem::ProblemCode;
use citizen_contract::time::UtcMillis;
use futures::StreamExt as _;

use super::App;
use super::bearer::SignedIn;
use super::problems::with_status;
use super::refusal::Refusal;
use crate::files::{Chunk, MAX_PATCH_BYTES, UNFINISHED_MS, UploadKey, admit, append, status};

const VERSION: &str = "1.0.0";

/// The methods of an upload.
pub(super) fn route() -> MethodRouter<App> {
    options(about).head(stand).patch(more)
}

/// `OPTIONS`: what we speak. Needs no session.
async fn about() -> impl IntoResponse {
    let headers = [
        ("tus-resumable", VERSION.to_owned()),
        ("tus-version", VERSION.to_owned()),
        ("tus-extension", "checksum,expiration".to_owned()),
        ("tus-checksum-algorithm", "sha256".to_owned()),
        ("tus-max-size", MAX_ATTACHMENT_BYTES.to_string()),
    ];
    (StatusCode::NO_CONTENT, headers)
}

/// `HEAD`: where the upload stands.
async fn stand(State(app): State<App>, who: SignedIn, path: Place, headers: HeaderMap) -> Response {
    speaking(async {
        check_version(&headers)?;
        let status = status(&app.files, &key(&who, &path)?).await?;
        let headers = [
            ("upload-offset", status.offset.to_string()),
            ("upload-length", status.length.to_string()),
            ("cache-control", "no-store".to_owned()),
        ];
        Ok((StatusCode::OK, headers).into_response())
    })
    .await
}

/// `PATCH`: more bytes.
async fn more(State(app): State<App>, who: SignedIn, path: Place, request: Request) -> Response {
    speaking(async {
        let headers = request.headers();
        check_version(headers)?;
        let key = key(&who, &path)?;
        if text(headers, header::CONTENT_TYPE.as_str()) != Some("application/offset+octet-stream") {
            return Err(ProblemCode::UnsupportedMedia.into());
        }
        let offset = text(headers, "upload-offset").and_then(|text| text.parse().ok());
        let offset: u64 = offset.ok_or(ProblemCode::Malformed)?;
        let checksum = text(headers, "upload-checksum").map(checksum).transpose()?;
        admit(&app.files, &key, offset).await?;
        let (bytes, cut) = read(request.into_body()).await?;
        let chunk = Chunk { offset, bytes: bytes.freeze(), checksum, cut };
        let offset = append(&app.files, &key, chunk).await?;
        let expires = expires(app.backend.clock.now().plus_millis(UNFINISHED_MS));
        let headers = [("upload-offset", offset.to_string()), ("upload-expires", expires)];
        Ok((StatusCode::NO_CONTENT, headers).into_response())
    })
    .await
}

type Place = Path<(String, String)>;

/// Every answer says which version it speaks: a captive portal's does not.
async fn speaking(work: impl Future<Output = Result<Response, Refusal>>) -> Response {
    let mut response = work.await.unwrap_or_else(IntoResponse::into_response);
    response.headers_mut().insert("tus-resumable", HeaderValue::from_static(VERSION));
    response
}

fn check_version(headers: &HeaderMap) -> Result<(), Refusal> {
    if text(headers, "tus-resumable") == Some(VERSION) {
        return Ok(());
    }
    Err(with_status(ProblemCode::Malformed, StatusCode::PRECONDITION_FAILED).into())
}

/// An id that is none names nothing.
fn key(who: &SignedIn, Path((command, attachment)): &Place) -> Result<UploadKey, Refusal> {
    let command = command.parse().map_err(|_| ProblemCode::NotFound)?;
    let attachment = attachment.parse().map_err(|_| ProblemCode::NotFound)?;
    Ok(UploadKey { account: who.reader.account, command, attachment })
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

/// When an upload that nobody goes on with is removed, as HTTP writes times.
fn expires(at: UtcMillis) -> String {
    httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_millis(at.unsigned()))
}

/// `sha256 ` and the digest in base64.
fn checksum(value: &str) -> Result<ContentHash, Refusal> {
    let digest = value.strip_prefix("sha256 ").and_then(|text| BASE64.decode(text).ok());
    let digest = digest.ok_or(ProblemCode::Malformed)?;
    ContentHash::parse(&hex::encode(digest)).map_err(|_| ProblemCode::Malformed.into())
}

/// All bytes that came, and whether the client hung up before the end.
async fn read(body: Body) -> Result<(BytesMut, bool), Refusal> {
    let mut bytes = BytesMut::new();
    let mut stream = body.into_data_stream();
    while let Some(piece) = stream.next().await {
        let Ok(piece) = piece else { return Ok((bytes, true)) };
        if bytes.len().saturating_add(piece.len()) > MAX_PATCH_BYTES {
            return Err(ProblemCode::TooLarge.into());
        }
        bytes.extend_from_slice(&piece);
    }
    Ok((bytes, false))
}
