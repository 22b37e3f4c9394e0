//! A link to a report, opened outside the app.

use std::sync::PoisonError;

use citizen_contract::documents::ReportDocument;

use super::{App, AppError};
use crate::events::CoreEvent;
use crate::links::{LinkView, read};
use crate::outbox::list;
use crate::reports;
use crate::store::off_thread;
use crate::sync::documents;

impl App {
    /// The system handed a link over. It waits until somebody is there who may see what it names; a
    /// newer one replaces it. What the browser brings back from the national identification goes there.
    pub fn link_opened(&self, text: &str) {
        if self.returns.take(text) {
            return;
        }
        let number = read(text, &self.config.deployment.base_url);
        *self.link.lock().unwrap_or_else(PoisonError::into_inner) = Some(number);
        self.events.announce(CoreEvent::Link);
    }

    /// Where the link leads that was opened last, once. Nothing is found that is not this person's own.
    ///
    /// # Errors
    /// [`AppError`] if nobody is signed in, the app is locked, or the store fails; the link then waits.
    pub async fn link_take(&self) -> Result<Option<LinkView>, AppError> {
        let store = self.signed_in()?.0.store.clone();
        let Some(number) = self.link.lock().unwrap_or_else(PoisonError::into_inner).take() else {
            return Ok(None);
        };
        let Some(number) = number else { return Ok(Some(LinkView { number: None, report_id: None })) };
        let wanted = number.clone();
        let read = off_thread(move || {
            let known: Vec<ReportDocument> = documents::list(&store.cache, "account:", reports::KIND, "")?;
            let own = known.iter().find(|it| it.mine && it.number == wanted).map(|it| it.id);
            if own.is_some() {
                return Ok::<_, AppError>(own);
            }
            // One that was just received may not have come down yet.
            let sent = list::open(&store.outbox)?;
            Ok(sent.iter().find(|it| it.report_number.as_ref() == Some(&wanted)).map(|it| it.report_id))
        });
        let found = read.await?;
        Ok(Some(LinkView { number: Some(number), report_id: found.map(|id| id.to_string()) }))
    }
}
