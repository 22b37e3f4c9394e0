//! What is kept of the person: seeing it, consents, wishes, and the office's tasks about others'.

use citizen_contract::command::CommandBody;
use citizen_contract::ids::{DataRequestId, UnitId};
use citizen_contract::my_data::{
    AnswerData, AskData, Correction, DataRequestKind, DataTasks, DataTasksRequest, SetConsent, SetHomeUnit,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{App, AppError};
use crate::events::CoreEvent;
use crate::identity::my_data::{DataTasksView, Known, MyDataView, tasks_view};
use crate::outbox::enqueue::NewCommand;
use crate::outbox::retry;
use crate::ports::{Method, Request};
use crate::store::{StoreError, off_thread};
use crate::sync;

/// What the person wants, as the window says it.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export, export_to = "views/", rename = "DataWish")]
pub struct DataWish {
    /// What is wanted.
    pub kind: DataRequestKind,
    /// In the person's words.
    #[serde(default)]
    pub words: String,
    /// For a correction.
    pub correction: Option<Correction>,
    /// For erasing the account.
    pub password: Option<String>,
}

impl App {
    /// Everything that this device knows of the person's data.
    ///
    /// # Errors
    /// [`AppError`] if nobody is signed in or the store fails.
    pub async fn my_data(&self) -> Result<MyDataView, AppError> {
        let store = self.signed_in()?.0.store.clone();
        let cache = store.cache.clone();
        let (known, as_of) =
            off_thread(move || Ok::<_, StoreError>((Known::read(&store)?, sync::last_synced(&cache)?)))
                .await?;
        Ok(known.view(&self.locality(), self.now(), self.network(), as_of))
    }

    /// Agrees to a purpose or withdraws it, through the outbox: it works without a network.
    ///
    /// # Errors
    /// [`AppError`], `not-found` for a purpose that the locality does not know.
    pub async fn consent_set(&self, purpose: String, given: bool) -> Result<MyDataView, AppError> {
        let locality = self.locality();
        let known = locality.catalogue().purposes.iter().find(|it| it.code == purpose);
        let wording = known.ok_or(AppError::Missing)?.wording.clone();
        let body = CommandBody::SetConsent(SetConsent { purpose, wording, given });
        let (id, now) = (self.ports.random.command_id(self.now()), self.now());
        self.queue(NewCommand { id, body, seen_revision: None, form: None, photos: Vec::new(), now }).await?;
        self.my_data().await
    }

    /// Says where the person lives.
    ///
    /// # Errors
    /// [`AppError`], `offline` if the backend cannot be asked.
    pub async fn home_unit_set(&self, unit: Option<UnitId>) -> Result<(), AppError> {
        self.post_my_data("/v1/my-data/home-unit", &SetHomeUnit { home_unit: unit }).await
    }

    /// Asks for a correction, a restriction, or the erasure of the account.
    ///
    /// # Errors
    /// [`AppError`], `invalid` with the field, `act-not-allowed` if one of this kind is open.
    pub async fn data_ask(&self, wish: DataWish) -> Result<(), AppError> {
        let DataWish { kind, words, correction, password } = wish;
        self.post_my_data("/v1/my-data/requests", &AskData { kind, words, correction, password }).await
    }

    /// Takes an open wish back.
    ///
    /// # Errors
    /// [`AppError`], `act-not-allowed` if the office has answered.
    pub async fn data_take_back(&self, id: DataRequestId) -> Result<(), AppError> {
        let request = Request::new(Method::Delete, format!("/v1/my-data/requests/{id}"));
        self.done(request).await
    }

    /// The office's tasks about people's data, from the backend.
    ///
    /// # Errors
    /// [`AppError`], `offline` if the backend cannot be asked.
    pub async fn data_tasks(&self) -> Result<DataTasksView, AppError> {
        let tasks: DataTasks = self.query("data-requests", &DataTasksRequest {}).await?;
        Ok(tasks_view(tasks, &self.locality(), self.now(), self.network()))
    }

    /// Carries a wish out, or refuses it.
    ///
    /// # Errors
    /// [`AppError`], `act-not-allowed` if it has ended.
    pub async fn data_answer(&self, id: DataRequestId, done: bool, words: String) -> Result<(), AppError> {
        self.post_my_data(&format!("/v1/data-requests/{id}/answer"), &AnswerData { done, words }).await
    }

    async fn post_my_data<B: Serialize>(&self, path: &str, body: &B) -> Result<(), AppError> {
        let body = serde_json::to_vec(body).map_err(StoreError::from)?;
        self.done(Request::post_json(path, body)).await
    }

    /// Sends it, and has the changed account come down.
    async fn done(&self, request: Request) -> Result<(), AppError> {
        let (active, _) = self.signed_in()?;
        let answer = self.ask(request).await?;
        if answer.status != 200 && answer.status != 204 {
            return Err(AppError::Query(retry::of_status(&answer)));
        }
        active.engine.want_sync();
        self.events.announce(CoreEvent::Documents);
        Ok(())
    }
}
