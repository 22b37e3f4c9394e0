//! `GET /v1/attachments/{attachment}`: pictures for those who may see them.

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use citizen_contract::problem::{Problem, ProblemCode};
use serde::Deserialize;

use super::App;
use super::bearer::SignedIn;
use super::refusal::Refusal;
use crate::files::{self, Served, Variant};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    variant: Option<String>,
}

/// Streams one stored form, as a download that no browser runs or guesses about.
pub(super) async fn serve(
    State(app): State<App>,
    who: SignedIn,
    Path(attachment): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<impl IntoResponse, Refusal> {
    let variant = match wanted.variant.as_deref() {
        None | Some("display") => Variant::Display,
        Some("thumb") => Variant::Thumb,
        Some("original") => Variant::Original,
        Some(_) => return Err(Problem::new(ProblemCode::Invalid).at("/variant").into()),
    };
    let attachment = attachment.parse().map_err(|_| ProblemCode::NotFound)?;
    let Served { object, media_type } = files::serve(&app.files, &who.reader, attachment, variant).await?;
    let size = object.meta.size;
    let headers = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CONTENT_LENGTH, size.to_string()),
        (header::CONTENT_DISPOSITION, "attachment".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, Body::from_stream(object.into_stream())))
}
