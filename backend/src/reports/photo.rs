//! Photos of reports, for the room that moves their bytes: who may send one, who may see one, and
//! what happens when one has arrived.

use citizen_contract::documents::{PhotoRole, PhotoState};
use citizen_contract::hash::ContentHash;
use citizen_contract::ids::{AccountId, AttachmentId, CommandId, ReportId};
use citizen_contract::sync::Nudge;
use citizen_contract::time::UtcMillis;

use super::render::shown;
use crate::auth::Reader;
use crate::db::{DbError, Row, Tx};
use crate::feeds;
use crate::ledger::photos::Photo;
use crate::ledger::{Payload, Step, append, history, moved, row, word};
use crate::params;

/// What a command announced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    /// The attachment.
    pub id: AttachmentId,
    /// The report that it belongs to.
    pub report_id: ReportId,
    /// Who sends it.
    pub account: AccountId,
    /// The command that announced it.
    pub command_id: CommandId,
    /// The hash of the whole file.
    pub sha256: ContentHash,
    /// Bytes.
    pub size: u64,
    /// Media type as announced.
    pub media_type: String,
    /// What it shows.
    pub role: PhotoRole,
    /// Whether the bytes are here.
    pub state: PhotoState,
}

const COLUMNS: &str = "id, report_id, account, command_id, sha256, size, media_type, role, state, event_seq";

/// The attachment, if an accepted command of this account announced it: only then may its bytes come.
///
/// # Errors
/// [`DbError`] of the room.
pub fn declared(
    tx: &mut Tx<'_>,
    account: AccountId,
    command: CommandId,
    attachment: AttachmentId,
) -> Result<Option<Declared>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM attachments WHERE id = ?1 AND account = ?2 AND command_id = ?3");
    let found =
        tx.query_opt(&sql, params![attachment.to_string(), account.to_string(), command.to_string()], read)?;
    Ok(found.map(|(declared, _)| declared))
}

/// The attachment, if this reader may see it now.
///
/// # Errors
/// [`DbError`] of the room.
pub fn readable(
    tx: &mut Tx<'_>,
    reader: &Reader,
    attachment: AttachmentId,
) -> Result<Option<Declared>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM attachments WHERE id = ?1");
    let Some((declared, event_seq)) = tx.query_opt(&sql, params![attachment.to_string()], read)? else {
        return Ok(None);
    };
    let report = row::find(tx, declared.report_id)?;
    let Some(sight) = report.and_then(|report| reader.sight(report.standing())) else { return Ok(None) };
    let photo =
        Photo { id: declared.id, event_seq, role: declared.role, state: declared.state, captured_at: None };
    let history = history::of(tx, declared.report_id)?;
    Ok(shown(&photo, &history, sight).then_some(declared))
}

/// Records that the last byte of an attachment is here and whether it is a picture. Nothing happens
/// if that is known already. The answer is to be told after COMMIT.
///
/// # Errors
/// [`DbError`] of the room.
pub fn received(
    tx: &mut Tx<'_>,
    attachment: AttachmentId,
    state: PhotoState,
    now: UtcMillis,
) -> Result<Vec<Nudge>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM attachments WHERE id = ?1");
    let Some((declared, _)) = tx.query_opt(&sql, params![attachment.to_string()], read)? else {
        return Ok(Vec::new());
    };
    // The report first: every writer takes its lock before anything else of it.
    let Some(mut report) = row::lock(tx, declared.report_id)? else { return Ok(Vec::new()) };
    let changed = tx.execute(
        "UPDATE attachments SET state = ?2 WHERE id = ?1 AND state = ?3",
        params![attachment.to_string(), word::word(state), word::word(PhotoState::Awaited)],
    )?;
    if changed == 0 || state == PhotoState::Awaited {
        return Ok(Vec::new());
    }
    report.photos_received = report.photos_received.saturating_add(1);
    let step = Step {
        act: format!("photo_{}:{attachment}", word::word(state)),
        at: now,
        actor: None,
        unit: None,
        to_unit: None,
        command: Some(declared.command_id),
        payload: Payload::default(),
        salt: [0; 32],
    };
    append(tx, &mut report, &step)?;
    report.update(tx)?;
    let mut nudges = feeds::bump(tx, &moved(&report, None))?;
    nudges.push(Nudge::Queue);
    Ok(nudges)
}

fn read(row: &Row<'_>) -> Result<(Declared, i64), DbError> {
    let declared = Declared {
        id: word::id(&row.text(0)?, 0)?,
        report_id: word::id(&row.text(1)?, 1)?,
        account: word::id(&row.text(2)?, 2)?,
        command_id: word::id(&row.text(3)?, 3)?,
        sha256: ContentHash::parse(&row.text(4)?).map_err(|_| DbError::Column {
            index: 4,
            wanted: "a hash",
            found: "other text".to_owned(),
        })?,
        size: u64::try_from(row.int(5)?).unwrap_or(0),
        media_type: row.text(6)?,
        role: word::read(row.text(7)?, 7)?,
        state: word::read(row.text(8)?, 8)?,
    };
    Ok((declared, row.int(9)?))
}
