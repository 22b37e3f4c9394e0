//! Photos for the window: own ones from the outbox, others fetched once and kept.

use citizen_contract::ids::AttachmentId;

use super::{App, AppError};
use crate::outbox::attachments;
use crate::outbox::{OutboxError, retry};
use crate::photos;
use crate::ports::{Method, Request};
use crate::store::off_thread;
use crate::sync::kept;

/// In which size a photo is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhotoVariant {
    /// For lists.
    Thumb,
    /// For looking at.
    Display,
}

impl PhotoVariant {
    fn as_str(self) -> &'static str {
        match self {
            Self::Thumb => "thumb",
            Self::Display => "display",
        }
    }
}

/// A photo's bytes.
#[derive(Debug, Clone)]
pub struct Photo {
    /// One of `image/jpeg`, `image/png`, `image/webp`.
    pub media_type: &'static str,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl App {
    /// A photo, or nothing if this person may not see one with this id, or it has not arrived.
    ///
    /// # Errors
    /// [`AppError`] if the store fails or the backend cannot be asked.
    pub async fn photo_bytes(
        &self,
        id: AttachmentId,
        variant: PhotoVariant,
    ) -> Result<Option<Photo>, AppError> {
        let (active, session) = self.signed_in()?;
        let (store, now) = (active.store.clone(), self.now());
        if let Some(photo) = off_thread(move || local(&store, id, variant, now)).await? {
            return Ok(Some(photo));
        }
        let Some(token) = session.token().await else { return Ok(None) };
        let path = format!("/v1/attachments/{id}?variant={}", variant.as_str());
        let request = Request::new(Method::Get, path).bearer(token);
        let answer = self.ports.transport.send(request).await;
        let answer = answer.map_err(|error| AppError::Query(retry::of_transport(error)))?;
        if answer.status == 404 {
            return Ok(None);
        }
        let Some(media_type) = media_type(answer.header("content-type").unwrap_or_default()) else {
            return Err(AppError::Query(retry::of_status(&answer)));
        };
        if answer.status != 200 {
            return Err(AppError::Query(retry::of_status(&answer)));
        }
        let (cache, bytes) = (active.store.cache.clone(), answer.body.clone());
        off_thread(move || kept::keep_photo(&cache, id, variant.as_str(), media_type, &bytes, now)).await?;
        Ok(Some(Photo { media_type, bytes: answer.body }))
    }
}

fn local(
    store: &crate::store::AccountStore,
    id: AttachmentId,
    variant: PhotoVariant,
    now: citizen_contract::time::UtcMillis,
) -> Result<Option<Photo>, AppError> {
    if let Some((kind, bytes)) = kept::photo(&store.cache, id, variant.as_str())? {
        return Ok(media_type(&kind).map(|media_type| Photo { media_type, bytes }));
    }
    let bytes = match attachments::bytes(&store.outbox, id) {
        Ok(bytes) => bytes,
        Err(OutboxError::Missing) => return Ok(None),
        Err(other) => return Err(other.into()),
    };
    let bytes = match variant {
        PhotoVariant::Display => bytes,
        PhotoVariant::Thumb => {
            let small = photos::thumbnail(&bytes)?;
            kept::keep_photo(&store.cache, id, variant.as_str(), photos::MEDIA_TYPE, &small, now)?;
            small
        }
    };
    Ok(Some(Photo { media_type: photos::MEDIA_TYPE, bytes }))
}

/// Only pictures go to the window, whatever a server says.
fn media_type(text: &str) -> Option<&'static str> {
    let bare = text.split(';').next().unwrap_or_default().trim();
    ["image/jpeg", "image/png", "image/webp"].into_iter().find(|known| bare.eq_ignore_ascii_case(known))
}
