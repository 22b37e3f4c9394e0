//! Attachments as the ledger knows them: announced by commands, their bytes follow.

use std::collections::{BTreeMap, BTreeSet};

use citizen_contract::command::{AttachmentDeclaration, MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS};
use citizen_contract::documents::{PhotoRole, PhotoState};
use citizen_contract::ids::{AttachmentId, ReportId};
use citizen_contract::problem::{Problem, ProblemCode};
use citizen_contract::report_state::Act;
use citizen_contract::time::UtcMillis;

use super::history::{list, places};
use super::order::{Order, Refusal};
use super::row::{ReportRow, signed};
use super::word;
use crate::db::{DbError, Tx};
use crate::params;

/// Types of pictures that a command may announce.
pub const MEDIA_TYPES: [&str; 3] = ["image/jpeg", "image/png", "image/webp"];

/// An attachment of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// The attachment.
    pub id: AttachmentId,
    /// The event that announced it.
    pub event_seq: i64,
    /// What it shows.
    pub role: PhotoRole,
    /// Whether its bytes have arrived.
    pub state: PhotoState,
    /// When it was taken, if told and not erased.
    pub captured_at: Option<UtcMillis>,
}

/// Checks announcements that need no look into the database.
///
/// # Errors
/// A refusal that names the announcement by its place.
pub fn check(declared: &[AttachmentDeclaration], act: Option<Act>) -> Result<(), Problem> {
    let carries = matches!(act, Some(Act::Submit | Act::AddInformation | Act::Answer));
    if declared.len() > MAX_ATTACHMENTS || (!carries && !declared.is_empty()) {
        return Err(Problem::new(ProblemCode::Invalid).at("/attachments"));
    }
    let mut ids = BTreeSet::new();
    for (place, photo) in declared.iter().enumerate() {
        let blame = |code, field| Err(Problem::new(code).at(&format!("/attachments/{place}/{field}")));
        if !ids.insert(photo.id) {
            return blame(ProblemCode::Invalid, "id");
        }
        if photo.size == 0 {
            return blame(ProblemCode::Invalid, "size");
        }
        if photo.size > MAX_ATTACHMENT_BYTES {
            return blame(ProblemCode::TooLarge, "size");
        }
        if !MEDIA_TYPES.contains(&photo.media_type.as_str()) {
            return blame(ProblemCode::UnsupportedMedia, "media_type");
        }
    }
    Ok(())
}

/// Writes what a command announces, after its event was appended.
pub(super) fn declare(tx: &mut Tx<'_>, report: &ReportRow, order: &Order, act: Act) -> Result<(), Refusal> {
    let role = if act == Act::Answer { PhotoRole::After } else { PhotoRole::Before };
    for (place, photo) in order.envelope.attachments.iter().enumerate() {
        let inserted = tx.execute(
            "INSERT INTO attachments (id, report_id, event_seq, place, account, command_id, sha256, size, \
             media_type, role, state, captured_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) \
             ON CONFLICT (id) DO NOTHING",
            params![
                photo.id.to_string(),
                report.id.to_string(),
                report.events,
                signed(u64::try_from(place).unwrap_or(u64::MAX)),
                order.reader.account.to_string(),
                order.envelope.id.to_string(),
                photo.sha256.as_str(),
                signed(photo.size),
                photo.media_type.as_str(),
                word::word(role),
                word::word(PhotoState::Awaited),
                photo.captured_at.map(|at| at.0),
            ],
        )?;
        if inserted == 0 {
            // Another command's attachment, perhaps a stranger's: it is not theirs to attach.
            return Err(Problem::new(ProblemCode::NotFound).at(&format!("/attachments/{place}/id")).into());
        }
    }
    Ok(())
}

/// The attachments of several reports, in the order in which they were announced.
///
/// # Errors
/// [`DbError`] of the room.
pub fn of_all(tx: &mut Tx<'_>, reports: &[ReportId]) -> Result<BTreeMap<ReportId, Vec<Photo>>, DbError> {
    let mut all: BTreeMap<ReportId, Vec<Photo>> = BTreeMap::new();
    for chunk in reports.chunks(64) {
        let sql = format!(
            "SELECT report_id, id, event_seq, role, state, captured_at FROM attachments \
             WHERE report_id IN ({}) ORDER BY report_id, event_seq, place",
            places(chunk.len())
        );
        let rows = tx.query(&sql, &list(chunk), |row| {
            let photo = Photo {
                id: word::id(&row.text(1)?, 1)?,
                event_seq: row.int(2)?,
                role: word::read(row.text(3)?, 3)?,
                state: word::read(row.text(4)?, 4)?,
                captured_at: row.opt_int(5)?.map(UtcMillis),
            };
            Ok((word::id(&row.text(0)?, 0)?, photo))
        })?;
        for (report, photo) in rows {
            all.entry(report).or_default().push(photo);
        }
    }
    Ok(all)
}
