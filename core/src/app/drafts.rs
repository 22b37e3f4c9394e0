//! Drafts of reports and of acts with photos.

use citizen_contract::ids::{AttachmentId, CommandId};

use super::{App, AppError};
use crate::events::CoreEvent;
use crate::outbox::attachments::{self, Attachment, NewAttachment};
use crate::outbox::drafts::{self, Draft};
use crate::outbox::enqueue::{NewCommand, enqueue};
use crate::photos::{self, Agreement};
use crate::ports::Phase;
use crate::reports::{DraftPatch, DraftView, ReportForm, SubmitView, submit};
use crate::shown::{PhotoShown, PhotoShownRole, PlaceView};
use crate::store::{Database, off_thread};

impl App {
    /// Begins a draft of a new report, or goes on with one in which nothing was entered.
    ///
    /// # Errors
    /// [`AppError`] if nobody is signed in or the store fails.
    pub async fn draft_new(&self) -> Result<DraftView, AppError> {
        let db = self.signed_in()?.0.store.outbox.clone();
        let _edit = self.edits.lock().await;
        let untouched = off_thread(move || {
            let latest = drafts::latest(&db, submit::KIND)?;
            Ok::<_, AppError>(match latest {
                Some(draft) if is_untouched(&db, &draft)? => Some(draft),
                _ => None,
            })
        });
        if let Some(draft) = untouched.await? {
            return self.draft_view(&draft, &[]);
        }
        let (id, now) = (self.ports.random.command_id(self.now()), self.now());
        let form = serde_json::to_string(&ReportForm::default()).map_err(crate::store::StoreError::from)?;
        let kind = submit::KIND.to_owned();
        self.keep_draft(Draft { id, kind, report_id: id.into(), form, created_at: now, saved_at: now }).await
    }

    /// A draft.
    ///
    /// # Errors
    /// [`AppError`], `not-found` if there is none.
    pub async fn draft_get(&self, id: CommandId) -> Result<DraftView, AppError> {
        let db = self.signed_in()?.0.store.outbox.clone();
        let (draft, kept) =
            off_thread(move || Ok::<_, AppError>((drafts::get(&db, id)?, attachments::of(&db, id)?))).await?;
        self.draft_view(&draft, &kept)
    }

    /// Changes a draft; when this returns, a crash does not lose the change.
    ///
    /// # Errors
    /// [`AppError`], `storage-full` if there is no room; the draft is then as it was.
    pub async fn draft_save(&self, id: CommandId, patch: DraftPatch) -> Result<DraftView, AppError> {
        let db = self.signed_in()?.0.store.outbox.clone();
        let now = self.now();
        // Sending reads the form first: a change in between would be said to be saved and not be sent.
        let _edit = self.edits.lock().await;
        let saved = off_thread(move || {
            let draft = drafts::change(&db, id, now, |form| {
                let form: ReportForm = serde_json::from_str(form)?;
                Ok(serde_json::to_string(&form.patched(patch))?)
            })?;
            let kept = attachments::of(&db, id)?;
            Ok::<_, AppError>((draft, kept))
        });
        let (draft, kept) = saved.await?;
        self.ports.phases.reached(Phase::DraftSaved);
        self.draft_view(&draft, &kept)
    }

    pub(super) async fn keep_draft(&self, draft: Draft) -> Result<DraftView, AppError> {
        let db = self.signed_in()?.0.store.outbox.clone();
        let (draft, kept) = off_thread(move || {
            drafts::save(&db, &draft)?;
            let kept = attachments::of(&db, draft.id)?;
            Ok::<_, AppError>((draft, kept))
        })
        .await?;
        self.ports.phases.reached(Phase::DraftSaved);
        self.draft_view(&draft, &kept)
    }

    /// Deletes a draft with its photos.
    ///
    /// # Errors
    /// [`AppError`], `not-found` if there is none.
    pub async fn draft_delete(&self, id: CommandId) -> Result<(), AppError> {
        let db = self.signed_in()?.0.store.outbox.clone();
        let _edit = self.edits.lock().await;
        off_thread(move || drafts::delete(&db, id)).await?;
        self.events.announce(CoreEvent::Outbox);
        Ok(())
    }

    /// Prepares a photo and adds it to a draft. `agreement` says what may travel beside it.
    ///
    /// # Errors
    /// [`AppError`], such as `photo-format-unsupported`, `too-many-photos` or `storage-full`.
    pub async fn draft_add_photo(
        &self,
        id: CommandId,
        bytes: Vec<u8>,
        agreement: Agreement,
    ) -> Result<DraftView, AppError> {
        let db = self.signed_in()?.0.store.outbox.clone();
        let photo_id = self.ports.random.attachment_id(self.now());
        let most = usize::from(self.locality().catalogue().max_photos);
        let prepared = off_thread(move || Ok::<_, AppError>(photos::prepare(&bytes, agreement)?)).await?;
        // Preparing takes a while; only now is it known whether there is still a draft and room in it.
        let edit = self.edits.lock().await;
        off_thread(move || {
            if attachments::of(&db, id)?.len() >= most {
                return Err(crate::outbox::OutboxError::TooManyPhotos.into());
            }
            let photo = NewAttachment {
                id: photo_id,
                media_type: photos::MEDIA_TYPE,
                bytes: prepared.bytes,
                sha256: prepared.sha256,
                captured_at: prepared.captured_at,
                captured_where: prepared.captured_where,
            };
            Ok::<_, AppError>(attachments::add(&db, id, &photo)?)
        })
        .await?;
        drop(edit);
        self.draft_get(id).await
    }

    /// Takes a photo out of a draft.
    ///
    /// # Errors
    /// [`AppError`], `not-found` if it is not there.
    pub async fn draft_remove_photo(
        &self,
        id: CommandId,
        photo: AttachmentId,
    ) -> Result<DraftView, AppError> {
        let db = self.signed_in()?.0.store.outbox.clone();
        off_thread(move || attachments::remove(&db, id, photo)).await?;
        self.draft_get(id).await
    }

    /// Queues a new report, or says which fields miss something.
    ///
    /// # Errors
    /// [`AppError`], `storage-full` if there is no room; the draft is then as it was.
    pub async fn draft_submit(&self, id: CommandId) -> Result<SubmitView, AppError> {
        let db = self.signed_in()?.0.store.outbox.clone();
        let _edit = self.edits.lock().await;
        let (draft, kept) =
            off_thread(move || Ok::<_, AppError>((drafts::get(&db, id)?, attachments::of(&db, id)?))).await?;
        let form: ReportForm = serde_json::from_str(&draft.form).map_err(crate::store::StoreError::from)?;
        match submit::body(&form, kept.len(), &self.locality()) {
            Err(missing) => Ok(SubmitView { missing, command_id: None }),
            Ok(body) => {
                let form = Some(draft.form);
                let photos = Vec::new();
                self.queue(NewCommand { id, body, seen_revision: None, form, photos, now: self.now() })
                    .await?;
                Ok(SubmitView { missing: Vec::new(), command_id: Some(id) })
            }
        }
    }

    /// Queues a command and wakes the worker.
    pub(super) async fn queue(&self, command: NewCommand) -> Result<(), AppError> {
        let (active, phases) = (self.signed_in()?.0, self.ports.phases.clone());
        let db = active.store.outbox.clone();
        off_thread(move || enqueue(&db, phases.as_ref(), &command)).await?;
        self.events.announce(CoreEvent::Outbox);
        active.engine.poke();
        Ok(())
    }

    pub(super) fn draft_view(&self, draft: &Draft, kept: &[Attachment]) -> Result<DraftView, AppError> {
        let form: ReportForm = serde_json::from_str(&draft.form).map_err(crate::store::StoreError::from)?;
        let locality = self.locality();
        let role = if draft.kind == crate::workbench::answer::KIND {
            PhotoShownRole::After
        } else {
            PhotoShownRole::Evidence
        };
        Ok(DraftView {
            id: draft.id,
            now: self.now(),
            saved_at: Some(draft.saved_at),
            network: self.network(),
            public: form.is_public(&locality),
            category_id: form.category,
            text: form.words,
            place: PlaceView::of(form.place, &locality),
            photos: kept
                .iter()
                .map(|it| PhotoShown {
                    attachment_id: it.declaration.id,
                    role,
                    taken_at: it.declaration.captured_at,
                    available: true,
                })
                .collect(),
        })
    }
}

/// Whether nothing was entered into a draft so far.
pub(super) fn is_untouched(db: &Database, draft: &Draft) -> Result<bool, AppError> {
    let form: ReportForm = serde_json::from_str(&draft.form).map_err(crate::store::StoreError::from)?;
    Ok(form == ReportForm::default() && attachments::of(db, draft.id)?.is_empty())
}
