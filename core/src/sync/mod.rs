//! Delta sync: documents come down through feeds into `cache.db`, changes only.
//!
//! Everything here can be thrown away and fetched again. A feed's epoch that changed means: start
//! again. A feed that the reader no longer has takes its documents with it.

mod apply;
pub mod documents;
pub mod kept;
mod schema;

use std::sync::Arc;

use citizen_contract::sync::{Cursor, MAX_CHANGES, SyncRequest};
use citizen_contract::time::UtcMillis;

use crate::outbox::{Retry, retry};
use crate::ports::{Ports, Request, Secret};
use crate::store::{Database, StoreError, off_thread};
pub use apply::{Applied, SearchText};
pub use schema::MIGRATIONS;

/// Why a round of sync brought nothing.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The backend calls for this.
    #[error("the backend gave no documents")]
    Gated(Retry),
}

/// Fetches and applies one round of changes. `token` is absent for public feeds without a session.
///
/// # Errors
/// [`SyncError`]; the cache is then as it was.
pub async fn round(
    cache: &Arc<Database>,
    ports: &Ports,
    token: Option<Secret>,
    search_text: SearchText,
) -> Result<Applied, SyncError> {
    let db = cache.clone();
    let cursors = off_thread(move || cursors(&db)).await?;
    let body = serde_json::to_vec(&SyncRequest { cursors, limit: MAX_CHANGES }).map_err(StoreError::from)?;
    let mut request = Request::post_json("/v1/sync", body);
    request.bearer = token;
    let answer =
        ports.transport.send(request).await.map_err(|error| SyncError::Gated(retry::of_transport(error)))?;
    retry::of_answer(&answer).map_err(SyncError::Gated)?;
    let Ok(answer) = serde_json::from_slice(&answer.body) else {
        return Err(SyncError::Gated(Retry::Offline));
    };
    let (db, now) = (cache.clone(), ports.clock.now());
    Ok(off_thread(move || db.write(|tx| apply::apply(tx, &answer, search_text, now))).await?)
}

fn cursors(db: &Database) -> Result<Vec<Cursor>, StoreError> {
    db.read(|tx| {
        let mut statement = tx.prepare_cached("SELECT feed, epoch, next FROM cursors ORDER BY feed")?;
        let rows = statement
            .query_map([], |row| Ok(Cursor { feed: row.get(0)?, epoch: row.get(1)?, after: row.get(2)? }))?;
        Ok(rows.collect::<Result<_, _>>()?)
    })
}

/// When a round of sync last succeeded.
///
/// # Errors
/// [`StoreError`].
pub fn last_synced(db: &Database) -> Result<Option<UtcMillis>, StoreError> {
    let value = kept::meta(db, "synced_at")?;
    Ok(value.and_then(|text| text.parse().ok()).map(UtcMillis))
}

#[cfg(test)]
mod tests;
