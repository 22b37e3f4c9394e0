//! Importing a profile: devices get the catalogue when its content has changed, and only then.

use citizen_contract::documents::Catalogue;
use citizen_contract::hash::ContentHash;
use citizen_contract::sync::Nudge;

use super::catalogue::ID;
use crate::auth::access::PUBLIC_FEED;
use crate::db::{DbError, Tx};
use crate::feeds::{self, Change};
use crate::params;

/// Keeps the catalogue. Answers what to tell after COMMIT; nothing if devices have it already.
///
/// # Errors
/// [`DbError`] of the room.
pub fn import(tx: &mut Tx<'_>, catalogue: &Catalogue) -> Result<Vec<Nudge>, DbError> {
    let body = serde_json::to_string(catalogue).map_err(|_| DbError::Statement {
        code: "catalogue".to_owned(),
        message: "a catalogue does not serialise".to_owned(),
    })?;
    let revision = tx.query_opt(
        "INSERT INTO catalogues (id, revision, sha256, body) VALUES (?1, 1, ?2, ?3) \
         ON CONFLICT (id) DO UPDATE SET revision = catalogues.revision + 1, sha256 = excluded.sha256, \
         body = excluded.body WHERE catalogues.sha256 <> excluded.sha256 RETURNING revision",
        params![ID, ContentHash::of(body.as_bytes()).as_str(), body],
        |row| row.int(0),
    )?;
    let Some(revision) = revision else { return Ok(Vec::new()) };
    let change = Change {
        feed: PUBLIC_FEED.to_owned(),
        doc_kind: "catalogue".to_owned(),
        doc_id: ID.to_owned(),
        revision: revision.unsigned_abs(),
        gone: false,
    };
    feeds::bump(tx, &[change])
}
