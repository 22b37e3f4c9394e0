//! Claiming what is due: from `queued` to `sending`, atomic against taking back.

use citizen_contract::command::MAX_BATCH;
use citizen_contract::hash::ContentHash;
use citizen_contract::ids::CommandId;
use citizen_contract::time::UtcMillis;
use rusqlite::{Row, Transaction, params};

use super::drafts::parse;
use super::{CommandState, LONGEST_WAIT_MS, OutboxError, lease};
use crate::store::Database;

/// A command that this sender, and nobody else, now sends.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// The command.
    pub id: CommandId,
    /// The exact text.
    pub text: String,
    /// The hash of the text.
    pub sha256: ContentHash,
    /// Failed tries so far.
    pub attempts: u32,
}

/// What there is to send.
#[derive(Debug)]
pub enum Due {
    /// These, at most one a lane, the oldest first.
    Now(Vec<Claimed>),
    /// Nothing before this time.
    At(UtcMillis),
    /// Somebody else sends until this time, unless it goes on.
    Elsewhere(UtcMillis),
    /// Nothing until something new is queued.
    Nothing,
}

/// The body of a request stays below this, so that one batch does not outgrow a backend's limit.
const BATCH_BYTES: usize = 512 * 1024;

/// Claims up to `most` commands for `holder`.
///
/// # Errors
/// [`OutboxError::Store`]; nothing is claimed then.
pub fn claim(db: &Database, holder: &str, now: UtcMillis, most: usize) -> Result<Due, OutboxError> {
    db.write(|tx| {
        if let Some(until) = lease::take(tx, holder, now)? {
            return Ok(Due::Elsewhere(until));
        }
        let mut claimed = ready(tx, now, most)?;
        if claimed.is_empty() {
            return earliest(tx);
        }
        let mut bytes = 0_usize;
        let fitting = claimed.iter().take_while(|one| {
            bytes = bytes.saturating_add(one.text.len());
            bytes <= BATCH_BYTES
        });
        let fitting = fitting.count().max(1);
        claimed.truncate(fitting);
        for one in &claimed {
            tx.execute(
                "UPDATE commands SET state = ?1, waiting = NULL WHERE id = ?2",
                params![CommandState::Sending, one.id.to_string()],
            )?;
        }
        Ok(Due::Now(claimed))
    })
}

/// Nothing before it in its lane is without a receipt.
const HEAD: &str = "state = 'queued' AND NOT EXISTS (
    SELECT 1 FROM commands AS before WHERE before.id = commands.after
    AND before.state IN ('queued', 'sending', 'needs_person') AND before.receipt IS NULL)";

fn ready(tx: &Transaction<'_>, now: UtcMillis, most: usize) -> Result<Vec<Claimed>, OutboxError> {
    let mut statement = tx.prepare_cached(&format!(
        "SELECT id, text, sha256, attempts FROM commands
         WHERE {HEAD} AND (next_at <= ?1 OR next_at > ?2) ORDER BY seq LIMIT ?3"
    ))?;
    let most = i64::try_from(most.min(MAX_BATCH)).unwrap_or(1);
    let rows = statement.query_map(params![now.0, now.plus_millis(LONGEST_WAIT_MS).0, most], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn earliest(tx: &Transaction<'_>) -> Result<Due, OutboxError> {
    let next: Option<i64> =
        tx.query_row(&format!("SELECT min(next_at) FROM commands WHERE {HEAD}"), [], |row| row.get(0))?;
    Ok(next.map_or(Due::Nothing, |at| Due::At(UtcMillis(at))))
}

fn read(row: &Row<'_>) -> rusqlite::Result<Claimed> {
    let sha256: String = row.get(2)?;
    let sha256 = ContentHash::parse(&sha256).map_err(|_| rusqlite::Error::InvalidQuery)?;
    Ok(Claimed { id: parse(row, 0)?, text: row.get(1)?, sha256, attempts: row.get(3)? })
}
