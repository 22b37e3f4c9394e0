//! The first screen.

use citizen_contract::documents::LocalisedText;
use citizen_contract::time::UtcMillis;
use serde::Serialize;
use ts_rs::TS;

use super::drafts::is_untouched;
use super::{App, AppError};
use crate::outbox::{drafts, list};
use crate::reports::{DraftRow, ReportForm, ReportsTab, submit};
use crate::shown::{NetworkView, ReportRow};
use crate::store::{StoreError, off_thread};

/// How many reports the first screen shows.
const RECENT: usize = 3;

/// A warning; none come down yet.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct AlertRow {
    /// The warning.
    pub id: String,
    /// From 1 to 5.
    #[ts(type = "1 | 2 | 3 | 4 | 5")]
    pub level: u8,
    /// What it says.
    pub headline: LocalisedText,
    /// When and where.
    pub when_where: LocalisedText,
}

/// The first screen.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct HomeView {
    /// Now.
    pub now: UtcMillis,
    /// The network.
    pub network: NetworkView,
    /// Warnings in force.
    pub alerts: Vec<AlertRow>,
    /// Commands and photos on their way.
    pub waiting_count: u32,
    /// Items that need the person.
    pub needs_person_count: u32,
    /// The draft that was saved last.
    pub draft: Option<DraftRow>,
    /// The few most recent reports.
    pub reports: Vec<ReportRow>,
    /// How many there are.
    pub total: u32,
    /// The age of what is shown while there is no network.
    pub cached_at: Option<UtcMillis>,
}

impl App {
    /// The first screen.
    ///
    /// # Errors
    /// [`AppError`] if nobody is signed in or the store fails.
    pub async fn home_view(&self) -> Result<HomeView, AppError> {
        let db = self.signed_in()?.0.store.outbox.clone();
        let read = off_thread(move || {
            let draft = match drafts::latest(&db, submit::KIND)? {
                Some(draft) if !is_untouched(&db, &draft)? => Some(draft),
                _ => None,
            };
            Ok::<_, AppError>((list::counts(&db)?, draft))
        });
        let ((waiting_count, needs_person_count), draft) = read.await?;
        let open = self.reports_mine(ReportsTab::Open).await?;
        let mut rows = open.rows;
        if rows.len() < RECENT {
            rows.extend(self.reports_mine(ReportsTab::Done).await?.rows);
        }
        rows.truncate(RECENT);
        let draft = draft.map(|draft| {
            let form: ReportForm = serde_json::from_str(&draft.form).map_err(StoreError::from)?;
            Ok::<_, StoreError>(DraftRow { id: draft.id, title: form.title(), saved_at: draft.saved_at })
        });
        Ok(HomeView {
            now: self.now(),
            network: open.network,
            alerts: Vec::new(),
            waiting_count,
            needs_person_count,
            draft: draft.transpose()?,
            reports: rows,
            total: open.open_count.saturating_add(open.done_count),
            cached_at: open.cached_at,
        })
    }
}
