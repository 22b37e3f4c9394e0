//! Delta sync: what changed in the reader's feeds, rendered for the reader.
//!
//! Which feeds somebody has is asked of `auth` at each sync, so that a lost role ends them. A row of
//! a feed names a document only; the body is made here, now, for this reader. To add a kind of
//! document: bump it in its slice and render it in `documents`.

mod documents;

use std::collections::BTreeSet;

use citizen_contract::documents::Document;
use citizen_contract::problem::{Problem, ProblemCode};
use citizen_contract::sync::{Change, Content, Cursor, FeedDelta, MAX_CHANGES, SyncAnswer, SyncRequest};

use crate::Backend;
use crate::auth::Reader;
use crate::auth::access::PUBLIC_FEED;
use crate::db::{DbError, Tx, WriteError};
use crate::feeds::{self, Page};
use documents::Documents;

/// More cursors than any client has feeds.
const MOST_CURSORS: usize = 256;

/// Answers `POST /v1/sync`; without a reader only public feeds.
///
/// # Errors
/// A problem for the whole request.
pub async fn answer(
    backend: &Backend,
    reader: Option<&Reader>,
    request: SyncRequest,
) -> Result<SyncAnswer, Problem> {
    if request.cursors.len() > MOST_CURSORS {
        return Err(Problem::new(ProblemCode::Invalid).at("/cursors"));
    }
    let reader = reader.cloned();
    let read = move |tx: &mut Tx<'_>| deltas(tx, reader.as_ref(), &request);
    backend.db.read(read).await.map_err(|error| {
        let error: DbError = WriteError::flatten(error);
        tracing::warn!(code = error.code(), %error, "a sync was not answered");
        Problem::new(ProblemCode::Unavailable)
    })
}

/// One unchanging view serves positions and bodies, so that they belong together.
fn deltas(tx: &mut Tx<'_>, reader: Option<&Reader>, request: &SyncRequest) -> Result<SyncAnswer, DbError> {
    let subscriptions = match reader {
        Some(reader) => reader.feeds(),
        None => BTreeSet::from([PUBLIC_FEED.to_owned()]),
    };
    let limit = request.limit.clamp(1, MAX_CHANGES);
    let mut pages: Vec<(String, Page)> = Vec::new();
    for feed in &subscriptions {
        let cursor = request.cursors.iter().find(|cursor| cursor.feed == *feed);
        let (epoch, after) = cursor.map_or(("", 0), |Cursor { epoch, after, .. }| (epoch.as_str(), *after));
        let page = feeds::resume(tx, feed, epoch, after, limit)?;
        // A feed in which nothing happened needs no line.
        if page.reset || !page.changes.is_empty() {
            pages.push((feed.clone(), page));
        }
    }
    let moved = pages.iter().flat_map(|(_, page)| &page.changes).filter(|change| !change.gone);
    let documents = Documents::load(tx, reader, moved)?;
    let feeds = pages.into_iter().map(|(feed, page)| delta(feed, page, &documents)).collect();
    Ok(SyncAnswer { subscriptions, feeds })
}

fn delta(feed: String, page: Page, documents: &Documents) -> FeedDelta {
    let changes = page.changes.into_iter().map(|change| {
        let document = documents.find(&change).filter(|_| !change.gone).cloned();
        Change {
            doc_id: change.doc_id,
            revision: change.revision,
            content: content(document, change.doc_kind),
        }
    });
    FeedDelta {
        feed,
        epoch: page.epoch,
        reset: page.reset,
        next: page.next,
        complete: page.complete,
        changes: changes.collect(),
    }
}

/// What the reader may no longer see is gone for them, whatever the feed's row says.
fn content(document: Option<Document>, kind: String) -> Content {
    document.map_or(Content::Gone { gone: kind }, Content::Here)
}

#[cfg(test)]
mod tests;
