//! The intake queue: an online query whose last first page is kept with its age.

use citizen_contract::query::{QueueCursor, QueuePage, QueueRequest, QueueView};
use citizen_contract::time::UtcMillis;

use super::view::{QueueCountsView, QueueFilter, QueuePageView, QueueTab};
use crate::locality::Locality;
use crate::shown::{NetworkView, row_of_item};

/// Rows of one page.
const PAGE: u32 = 50;

/// A cursor as the window carries it.
pub type PageCursor = String;

/// The query for a filter. A cursor that cannot be read starts from the beginning.
#[must_use]
pub fn request(filter: &QueueFilter, after: Option<&PageCursor>) -> QueueRequest {
    let after: Option<QueueCursor> = after.and_then(|text| serde_json::from_str(text).ok());
    QueueRequest {
        view: match filter.view {
            QueueTab::ToDo => QueueView::ToTakeIn,
            QueueTab::Overdue => QueueView::Overdue,
            QueueTab::AwaitingCitizen => QueueView::AwaitingSender,
        },
        place_unit: filter.unit_id.clone(),
        category: filter.category_id.clone(),
        search: filter.words.clone(),
        after,
        limit: PAGE,
    }
}

/// Under which name a first page is kept; a search is not kept.
#[must_use]
pub fn page_name(filter: &QueueFilter) -> Option<String> {
    if !filter.words.trim().is_empty() {
        return None;
    }
    serde_json::to_string(filter).ok().map(|filter| format!("intake-queue {filter}"))
}

/// A page for its screen. `cached_at` says that it is an old one.
#[must_use]
pub fn page_view(
    page: &QueuePage,
    locality: &Locality,
    network: NetworkView,
    now: UtcMillis,
    cached_at: Option<UtcMillis>,
) -> QueuePageView {
    QueuePageView {
        now,
        network,
        rows: page.items.iter().map(|item| row_of_item(item, locality, page.as_of, now)).collect(),
        // The old page knows no more than itself.
        next: page
            .next
            .as_ref()
            .filter(|_| cached_at.is_none())
            .and_then(|next| serde_json::to_string(next).ok()),
        counts: QueueCountsView {
            to_do: page.counts.to_take_in,
            overdue: page.counts.overdue,
            awaiting_citizen: page.counts.awaiting_sender,
        },
        cached_at,
    }
}
