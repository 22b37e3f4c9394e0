//! The own reports and one report.

use citizen_contract::documents::ReportDocument;
use citizen_contract::ids::ReportId;
use citizen_contract::query::ReportRequest;
use citizen_contract::report_state::{Act, Actor};
use citizen_contract::session::{AccountView, Role};
use citizen_contract::time::UtcMillis;

use super::{App, AppError};
use crate::outbox::{PhotoProgress, list};
use crate::reports::{
    self, ReportView, ReportsTab, ReportsView, SendingPhoto, mine, report_view, tab_of, waiting_rows,
};
use crate::shown::NetworkView;
use crate::store::off_thread;
use crate::sync::documents;
use crate::worker::NetworkState;

impl App {
    /// The own reports of a tab, those still in the outbox first.
    ///
    /// # Errors
    /// [`AppError`] if nobody is signed in or the store fails.
    pub async fn reports_mine(&self, tab: ReportsTab) -> Result<ReportsView, AppError> {
        let store = self.signed_in()?.0.store.clone();
        let read = off_thread(move || {
            let known: Vec<ReportDocument> = documents::list(&store.cache, "account:", reports::KIND, "")?;
            Ok::<_, AppError>((known, list::open(&store.outbox)?))
        });
        let (known, items) = read.await?;
        let (locality, network) = (self.locality(), self.network());
        let waiting = waiting_rows(&items, &known, &locality);
        let count = |tab| known.iter().filter(|it| it.mine && tab_of(it.state) == tab).count();
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let unsent = items.iter().filter(|it| it.unsent()).count();
        let sending = items.iter().find_map(|item| {
            let at = item.photos.iter().position(|it| it.progress == PhotoProgress::Waiting)?;
            Some(SendingPhoto { number: number(at.saturating_add(1)), total: number(item.photos.len()) })
        });
        let open_count = number(count(ReportsTab::Open).saturating_add(waiting.len()));
        let mut rows = if tab == ReportsTab::Open { waiting } else { Vec::new() };
        rows.extend(mine(&known, tab, &locality, self.now()));
        Ok(ReportsView {
            now: self.now(),
            cached_at: cached_at(&network),
            network,
            open_count,
            done_count: number(count(ReportsTab::Done)),
            waiting_count: number(unsent),
            sending_photo: sending,
            rows,
        })
    }

    /// One report. If this device does not have it, the backend is asked.
    ///
    /// # Errors
    /// [`AppError`], `not-found` if this person has no such report, `offline` if it cannot be asked for.
    pub async fn report_view(&self, id: ReportId) -> Result<ReportView, AppError> {
        let (active, session) = self.signed_in()?;
        let store = active.store.clone();
        let read = off_thread(move || {
            let kept = documents::get::<ReportDocument>(&store.cache, reports::KIND, &id.to_string())?;
            Ok::<_, AppError>((kept, list::of_report(&store.outbox, id)?))
        });
        let (kept, items) = read.await?;
        let account = session.account().await;
        let mut report = kept.map(|kept| kept.body);
        let is_intake = account.roles.iter().any(|it| it.role == Role::Intake);
        // An intake officer's reports are in no feed: look again whenever the backend is there.
        if is_intake || (report.is_none() && items.is_empty()) {
            match self.fetch_report(id).await {
                Ok(fetched) => report = Some(fetched),
                Err(error) if report.is_none() && items.is_empty() => return Err(error),
                Err(_) => {}
            }
        }
        let actors = report.as_ref().map(|it| actors(it, &account)).unwrap_or_default();
        let locality = self.locality();
        let reader = reports::Reader {
            locality: &locality,
            actors: &actors,
            network: self.network(),
            now: self.now(),
        };
        report_view(report.as_ref(), &items, reader).ok_or(AppError::Missing)
    }

    async fn fetch_report(&self, id: ReportId) -> Result<ReportDocument, AppError> {
        let body: serde_json::Value = self.query("report", &ReportRequest { report_id: id }).await?;
        let report: ReportDocument = serde_json::from_value(body.clone())
            .map_err(|_| AppError::Query(crate::outbox::Retry::Offline))?;
        let (cache, now, revision) = (self.active().store.cache.clone(), self.now(), report.revision);
        off_thread(move || {
            let text = |_: &str, body: &serde_json::Value| reports::search_text(body);
            documents::keep_from_query(&cache, reports::KIND, &id.to_string(), revision, &body, text, now)
        })
        .await?;
        Ok(report)
    }
}

/// In which capacities a person acts on a report.
fn actors(report: &ReportDocument, account: &AccountView) -> Vec<Actor> {
    let mut actors = Vec::new();
    if report.mine {
        actors.push(Actor::Sender);
    }
    for held in &account.roles {
        let here = report.handling_unit.as_ref() == Some(&held.unit_id);
        match held.role {
            Role::Intake => actors.push(Actor::Intake),
            Role::Handler if here => actors.push(Actor::Handler),
            Role::Approver if here && !proposed_by(report, account) => actors.push(Actor::Approver),
            Role::Handler | Role::Approver | Role::Administrator | Role::TeamMember => {}
        }
    }
    actors
}

/// Whether this person proposed the answer that is being decided on, as far as the document tells.
fn proposed_by(report: &ReportDocument, account: &AccountView) -> bool {
    let last = report.timeline.iter().rev().find(|entry| entry.act == Act::Answer);
    last.and_then(|entry| entry.by.as_ref()).is_some_and(|by| *by == account.display_name)
}

fn cached_at(network: &NetworkView) -> Option<UtcMillis> {
    network.last_sync_at.filter(|_| network.state != NetworkState::Online)
}
