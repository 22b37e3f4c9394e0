//! Photos go up after their text: tus 1.0, resumed by offset, from rows of the outbox.
//!
//! One step asks how far an upload is or sends one row's bytes. The offset that counts is the
//! backend's; the one that is kept here only shows progress.

mod progress;
mod tus;

use std::sync::{Arc, Mutex, PoisonError};

use citizen_contract::hash::ContentHash;
use citizen_contract::ids::AttachmentId;
use citizen_contract::time::UtcMillis;

use crate::outbox::attachments::{self, Attachment};
use crate::outbox::retry::UploadRetry;
use crate::outbox::{Backoff, OutboxError, Retry, TroubleCode};
use crate::ports::{Phase, Ports, Secret};
use crate::store::{Database, off_thread};
use progress::{DuePhoto, PhotoDue};

/// Uploads the photos of one account.
pub struct Uploader {
    db: Arc<Database>,
    ports: Ports,
    /// The upload whose offset the backend told in this run of the program.
    current: Mutex<Option<(AttachmentId, u64)>>,
}

/// What one step did.
#[derive(Debug, PartialEq, Eq)]
pub enum Uploaded {
    /// Nothing is due; look again at this time, if any.
    Idle(Option<UtcMillis>),
    /// Bytes were acknowledged, or an offset was learned, or a photo waits for itself.
    Moved,
    /// A photo is complete.
    Confirmed,
    /// The backend as a whole calls for this.
    Gated(Retry),
}

impl Uploader {
    /// An uploader on this outbox.
    #[must_use]
    pub fn new(db: Arc<Database>, ports: Ports) -> Self {
        Self { db, ports, current: Mutex::new(None) }
    }

    /// Does the next thing that is due.
    ///
    /// # Errors
    /// [`OutboxError::Store`].
    pub async fn step(&self, token: Secret) -> Result<Uploaded, OutboxError> {
        let (db, now) = (self.db.clone(), self.ports.clock.now());
        let due = match off_thread(move || progress::next_due(&db, now)).await? {
            PhotoDue::Now(due) => *due,
            PhotoDue::At(at) => return Ok(Uploaded::Idle(at)),
        };
        let known = self.known_offset(due.photo.declaration.id);
        match known {
            None => self.ask(due, token).await,
            Some(offset) => self.send(due, offset, token).await,
        }
    }

    async fn ask(&self, due: DuePhoto, token: Secret) -> Result<Uploaded, OutboxError> {
        if let Some(code) = self.what_stops(&due.photo).await? {
            return self.stopped(due, code).await;
        }
        match tus::offset(self.ports.transport.as_ref(), &due.photo, token).await {
            Ok(offset) => self.keep(due, offset).await,
            Err(retry) => self.failed(due, retry).await,
        }
    }

    async fn send(&self, due: DuePhoto, offset: u64, token: Secret) -> Result<Uploaded, OutboxError> {
        let (db, id) = (self.db.clone(), due.photo.declaration.id);
        let bytes = match off_thread(move || attachments::bytes_at(&db, id, offset)).await {
            Ok(bytes) => bytes,
            Err(OutboxError::Missing) => return self.stopped(due, TroubleCode::AttachmentUnreadable).await,
            Err(other) => return Err(other),
        };
        self.ports.phases.reached(Phase::Uploading);
        match tus::patch(self.ports.transport.as_ref(), &due.photo, offset, bytes, token).await {
            Ok(offset) => {
                self.ports.phases.reached(Phase::ChunkAcknowledged);
                self.keep(due, offset).await
            }
            Err(retry) => self.failed(due, retry).await,
        }
    }

    /// Keeps what the backend has acknowledged.
    async fn keep(&self, due: DuePhoto, offset: u64) -> Result<Uploaded, OutboxError> {
        let (db, id, size) = (self.db.clone(), due.photo.declaration.id, due.photo.declaration.size);
        let complete = offset == size;
        off_thread(move || progress::record_offset(&db, id, offset, complete)).await?;
        self.remember(if complete { None } else { Some((id, offset)) });
        self.ports.phases.reached(Phase::ChunkKept);
        if complete && due.last {
            self.ports.phases.reached(Phase::Settled);
        }
        Ok(if complete { Uploaded::Confirmed } else { Uploaded::Moved })
    }

    async fn failed(&self, due: DuePhoto, retry: UploadRetry) -> Result<Uploaded, OutboxError> {
        self.remember(None);
        let wish = match retry {
            UploadRetry::Unreadable => return self.stopped(due, TroubleCode::AttachmentUnreadable).await,
            // The same photo may lose its place a few times; after that it waits like any other.
            UploadRetry::AskOffset if due.attempts < 3 => {
                self.wait(&due, self.ports.clock.now()).await?;
                return Ok(Uploaded::Moved);
            }
            UploadRetry::Like(Retry::Later(wish)) => wish,
            UploadRetry::Like(gate @ (Retry::Offline | Retry::Login)) => return Ok(Uploaded::Gated(gate)),
            UploadRetry::AskOffset | UploadRetry::Like(Retry::Final(_)) => None,
        };
        let backoff = Backoff { random: self.ports.random.as_ref(), now: self.ports.clock.now() };
        self.wait(&due, backoff.next(due.attempts.saturating_add(1), wish)).await?;
        Ok(Uploaded::Moved)
    }

    async fn wait(&self, due: &DuePhoto, at: UtcMillis) -> Result<(), OutboxError> {
        let (db, id) = (self.db.clone(), due.photo.declaration.id);
        off_thread(move || progress::record_wait(&db, id, at)).await
    }

    async fn stopped(&self, due: DuePhoto, code: TroubleCode) -> Result<Uploaded, OutboxError> {
        let db = self.db.clone();
        tracing::warn!(attachment = %due.photo.declaration.id, ?code, "photo cannot go up");
        off_thread(move || progress::record_stopped(&db, &due.photo, code)).await?;
        Ok(Uploaded::Moved)
    }

    /// Why the photo can never arrive, if so.
    async fn what_stops(&self, photo: &Attachment) -> Result<Option<TroubleCode>, OutboxError> {
        let (db, photo) = (self.db.clone(), photo.clone());
        off_thread(move || {
            if !progress::is_declared(&db, &photo)? {
                return Ok(Some(TroubleCode::AttachmentUndeclared));
            }
            let whole = match attachments::bytes(&db, photo.declaration.id) {
                Ok(bytes) => ContentHash::of(&bytes) == photo.declaration.sha256,
                Err(OutboxError::Missing) => false,
                Err(other) => return Err(other),
            };
            Ok(if whole { None } else { Some(TroubleCode::AttachmentUnreadable) })
        })
        .await
    }

    fn known_offset(&self, id: AttachmentId) -> Option<u64> {
        let current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        current.filter(|(known, _)| *known == id).map(|(_, offset)| offset)
    }

    fn remember(&self, current: Option<(AttachmentId, u64)>) {
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = current;
    }
}
