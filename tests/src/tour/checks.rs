//! What the second client sees on the backend, and what the network has counted.

use citizen_contract::documents::{PhotoState, ReportDocument};
use citizen_contract::report_state::ReportState;

use super::{Stage, TITLE};
use crate::window::WindowError;
use crate::world::Who;

/// How often the second client looks before it gives up.
const LOOKS: u32 = 400;
const BETWEEN_LOOKS: std::time::Duration = std::time::Duration::from_millis(50);

impl Stage {
    /// Waits until the backend holds the citizen's first report, exactly once, and it is as wanted.
    ///
    /// # Errors
    /// [`WindowError::NotSeen`] if it does not become so.
    pub async fn server_has(
        &self,
        what: &str,
        wanted: impl Fn(&ReportDocument) -> bool,
    ) -> Result<ReportDocument, WindowError> {
        self.seen_by(Who::Citizen, TITLE, what, wanted).await
    }

    /// Waits until somebody is shown exactly one report that begins so, and it is as wanted.
    ///
    /// # Errors
    /// [`WindowError::NotSeen`] if it does not become so.
    pub async fn seen_by(
        &self,
        who: Who,
        title: &str,
        what: &str,
        wanted: impl Fn(&ReportDocument) -> bool,
    ) -> Result<ReportDocument, WindowError> {
        let reader = self.reader(who);
        let mut seen = String::new();
        for _ in 0..LOOKS {
            let mut reports = reader.reports().await;
            reports.retain(|report| report.words.starts_with(title));
            assert!(reports.len() <= 1, "the report counts once");
            if let Some(report) = reports.pop() {
                if wanted(&report) {
                    println!("      the second client: {what} ({})", report.number);
                    return Ok(report);
                }
                seen = format!("{:?}, photos {:?}", report.state, report.photos);
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
        Err(WindowError::NotSeen { what: what.to_owned(), seen })
    }

    /// The report stands in this state on the backend.
    ///
    /// # Errors
    /// [`WindowError::NotSeen`] if it does not get there.
    pub async fn server_says(&self, state: ReportState) -> Result<ReportDocument, WindowError> {
        self.server_has(&format!("{state:?}"), |report| report.state == state).await
    }

    /// The report has this many photos, and every byte of them has arrived.
    ///
    /// # Errors
    /// [`WindowError::NotSeen`] if they do not arrive.
    pub async fn server_has_photos(&self, count: usize) -> Result<ReportDocument, WindowError> {
        let whole = |report: &ReportDocument| {
            report.photos.len() == count
                && report.photos.iter().all(|photo| photo.state == PhotoState::Received)
        };
        self.server_has(&format!("{count} photos, complete"), whole).await
    }
}
