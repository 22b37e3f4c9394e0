//! The outbox: seeing it, taking back, deleting, trying now.

use std::collections::HashMap;

use citizen_contract::documents::ReportDocument;
use citizen_contract::ids::{AttachmentId, CommandId};

use super::outbox_view::{OutboxItem, OutboxView, item_view, left_bytes};
use super::{App, AppError};
use crate::events::CoreEvent;
use crate::outbox::{list, remove};
use crate::reports::{self, DraftView};
use crate::store::off_thread;
use crate::sync::documents;

impl App {
    /// What is on its way, or was not long ago.
    ///
    /// # Errors
    /// [`AppError`] if nobody is signed in or the store fails.
    pub async fn outbox_view(&self) -> Result<OutboxView, AppError> {
        let store = self.signed_in()?.0.store.clone();
        let read = off_thread(move || {
            let items = list::open(&store.outbox)?;
            let mut known = HashMap::new();
            for item in &items {
                let id = item.report_id.to_string();
                if let Some(kept) = documents::get::<ReportDocument>(&store.cache, reports::KIND, &id)? {
                    known.insert(item.report_id, (kept.body.number, kept.body.title));
                }
            }
            Ok::<_, AppError>((items, known))
        });
        let (items, known) = read.await?;
        let locality = self.locality();
        let size_bytes = items.iter().map(left_bytes).sum();
        let mut items: Vec<OutboxItem> = items
            .iter()
            .map(|item| item_view(item, known.get(&item.report_id).cloned(), &locality))
            .collect();
        // What has arrived stands last.
        items.sort_by_key(|it| it.percent == 100 && it.problem.is_none());
        Ok(OutboxView { now: self.now(), network: self.network(), items, size_bytes })
    }

    /// Turns a command that never left, or that was refused, back into a draft.
    ///
    /// # Errors
    /// [`AppError`], `already-on-its-way` if the backend may have it.
    pub async fn outbox_recall(&self, id: CommandId) -> Result<Option<DraftView>, AppError> {
        let db = self.signed_in()?.0.store.outbox.clone();
        let (now, fresh) = (self.now(), self.ports.random.command_id(self.now()));
        let _edit = self.edits.lock().await;
        let draft = off_thread(move || remove::recall(&db, id, fresh, now)).await?;
        self.events.announce(CoreEvent::Outbox);
        match draft {
            Some(draft) => Ok(Some(self.draft_get(draft.id).await?)),
            None => Ok(None),
        }
    }

    /// Deletes a command that never left, or that was refused.
    ///
    /// # Errors
    /// [`AppError`], `already-on-its-way` if the backend may have it.
    pub async fn outbox_delete(&self, id: CommandId) -> Result<(), AppError> {
        let db = self.signed_in()?.0.store.outbox.clone();
        off_thread(move || remove::delete(&db, id)).await?;
        self.events.announce(CoreEvent::Outbox);
        Ok(())
    }

    /// Tries everything now.
    ///
    /// # Errors
    /// [`AppError`] if the store fails.
    pub async fn outbox_retry(&self) -> Result<(), AppError> {
        self.network_changed().await
    }

    /// Gives up one unreadable photo; the rest of its command goes on.
    ///
    /// # Errors
    /// [`AppError`], `not-found` if it is not one that stopped its command.
    pub async fn outbox_drop_photo(&self, id: CommandId, photo: AttachmentId) -> Result<(), AppError> {
        let active = self.signed_in()?.0;
        let db = active.store.outbox.clone();
        off_thread(move || remove::drop_photo(&db, id, photo)).await?;
        self.events.announce(CoreEvent::Outbox);
        active.engine.poke();
        Ok(())
    }
}
