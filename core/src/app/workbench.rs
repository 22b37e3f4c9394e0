//! The officials' lists.

use citizen_contract::documents::ReportDocument;
use citizen_contract::query::QueuePage;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{App, AppError};
use crate::events::CoreEvent;
use crate::identity::refresh::Refreshed;
use crate::outbox::{Retry, retry};
use crate::ports::{Request, Response};
use crate::store::{StoreError, off_thread};
use crate::sync::{documents, kept};
use crate::workbench::{
    self, QueueFilter, QueuePageView, WorkFilter, WorkTab, WorkView, page_name, page_view,
};

/// Under which name the number of reports to take in is kept.
pub(super) const COUNTS: &str = "intake-queue to take in";

impl App {
    /// A page of the intake queue from the backend; without it the last first page and its age.
    ///
    /// # Errors
    /// [`AppError`], `offline` if there is not even an old page.
    pub async fn queue_page(
        &self,
        filter: QueueFilter,
        after: Option<String>,
    ) -> Result<QueuePageView, AppError> {
        let request = workbench::request(&filter, after.as_ref());
        let name = page_name(&filter).filter(|_| request.after.is_none());
        let cache = self.signed_in()?.0.store.cache.clone();
        let (locality, now) = (self.locality(), self.now());
        match self.query::<_, QueuePage>("intake-queue", &request).await {
            Ok(page) => {
                let (counts, to_take_in, as_of) =
                    (cache.clone(), page.counts.to_take_in.to_string(), page.as_of);
                off_thread(move || kept::keep_page(&counts, COUNTS, &to_take_in, as_of)).await?;
                if let Some(name) = name {
                    let (body, as_of) = (serde_json::to_string(&page).map_err(StoreError::from)?, page.as_of);
                    off_thread(move || kept::keep_page(&cache, &name, &body, as_of)).await?;
                }
                Ok(page_view(&page, &locality, self.network(), now, None))
            }
            Err(AppError::Query(gate @ (Retry::Offline | Retry::Later(_) | Retry::Login))) => {
                let Some(name) = name else { return Err(AppError::Query(gate)) };
                let Some((body, as_of)) = off_thread(move || kept::page(&cache, &name)).await? else {
                    return Err(AppError::Query(gate));
                };
                let page: QueuePage = serde_json::from_str(&body).map_err(StoreError::from)?;
                Ok(page_view(&page, &locality, self.network(), now, Some(as_of)))
            }
            Err(other) => Err(other),
        }
    }

    /// A unit's work, from the documents on this device.
    ///
    /// # Errors
    /// [`AppError`] if nobody is signed in or the store fails.
    pub async fn unit_work(&self, filter: WorkFilter) -> Result<WorkView, AppError> {
        let (active, session) = self.signed_in()?;
        let units: Vec<_> = session.account().await.roles.into_iter().map(|it| it.unit_id).collect();
        let (cache, words) = (active.store.cache.clone(), filter.words);
        let reports: Vec<ReportDocument> =
            off_thread(move || documents::list(&cache, "unit:", crate::reports::KIND, &words)).await?;
        let (locality, now) = (self.locality(), self.now());
        let rows = match filter.view {
            WorkTab::Work => workbench::work(&reports, &units, &locality, now),
            WorkTab::Approval => workbench::approvals(&reports, &locality, now),
        };
        Ok(WorkView { now, network: self.network(), rows })
    }

    /// Asks the backend and reads its answer.
    pub(super) async fn query<Q: Serialize, A: DeserializeOwned>(
        &self,
        name: &str,
        query: &Q,
    ) -> Result<A, AppError> {
        let body = serde_json::to_vec(query).map_err(StoreError::from)?;
        let answer = self.ask(Request::post_json(format!("/v1/queries/{name}"), body)).await?;
        retry::of_answer(&answer).map_err(AppError::Query)?;
        serde_json::from_slice(&answer.body).map_err(|_| AppError::Query(Retry::Offline))
    }

    /// Sends a request for the account; a token that no longer serves is refreshed once.
    pub(super) async fn ask(&self, request: Request) -> Result<Response, AppError> {
        let (_, session) = self.signed_in()?;
        for _ in 0..2 {
            let token = session.token().await.ok_or(AppError::Query(Retry::Login))?;
            let answer = self.ports.transport.send(request.clone().bearer(token.clone())).await;
            let answer = answer.map_err(|error| AppError::Query(retry::of_transport(error)))?;
            if retry::of_status(&answer) != Retry::Login {
                return Ok(answer);
            }
            match session.refresh(&token).await? {
                Refreshed::Ready => {}
                Refreshed::Waits(gate) => return Err(AppError::Query(gate)),
                Refreshed::Ended => {
                    self.events.announce(CoreEvent::Session);
                    return Err(AppError::Query(Retry::Login));
                }
            }
        }
        Err(AppError::Query(Retry::Login))
    }
}
