//! Photos: rows of the outbox that name sealed files. One transaction covers words and photos.

use citizen_contract::command::{AttachmentDeclaration, MAX_ATTACHMENTS, Position};
use citizen_contract::hash::ContentHash;
use citizen_contract::ids::{AttachmentId, CommandId};
use citizen_contract::time::UtcMillis;
use rusqlite::{Row, Transaction, params};

use super::drafts::parse;
use super::{OutboxError, PhotoProgress, pieces};
use crate::store::{Database, PIECE_BYTES, Place};

/// Bytes that go up in one request.
pub const CHUNK_BYTES: usize = PIECE_BYTES;
/// Bytes that all attachments of one account may take on this device.
pub const QUOTA_BYTES: i64 = 1024 * 1024 * 1024;

/// A prepared photo, not yet kept.
#[derive(Debug, Clone)]
pub struct NewAttachment {
    /// Its id.
    pub id: AttachmentId,
    /// Its media type.
    pub media_type: &'static str,
    /// All its bytes.
    pub bytes: Vec<u8>,
    /// Their hash, told by whoever made them: saving does not wait for it.
    pub sha256: ContentHash,
    /// When it was taken, if the person agreed to tell.
    pub captured_at: Option<UtcMillis>,
    /// Where it was taken, if the person agreed to tell.
    pub captured_where: Option<Position>,
}

/// A kept photo without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// What the command declares.
    pub declaration: AttachmentDeclaration,
    /// The draft or command that it belongs to.
    pub owner: CommandId,
    /// How far it is.
    pub progress: PhotoProgress,
    /// Bytes that the backend has acknowledged.
    pub sent_bytes: u64,
}

/// Adds a photo to a draft.
///
/// Preparing a photo takes a while, so the draft may be sent or deleted by now; then the photo is
/// refused, for a command names its photos once and for all.
///
/// # Errors
/// [`OutboxError::Missing`] if the draft is no more, [`OutboxError::TooManyPhotos`],
/// [`OutboxError::Quota`], or [`OutboxError::Store`]; nothing is kept then.
pub fn add(db: &Database, owner: CommandId, photo: &NewAttachment) -> Result<(), OutboxError> {
    let added = db.write(|tx| {
        let sql = "SELECT 1 FROM drafts WHERE id = ?1";
        tx.query_row(sql, [owner.to_string()], |_| Ok(()))?;
        insert(tx, db, owner, std::slice::from_ref(photo))
    });
    if added.is_err() {
        pieces::sweep(db);
    }
    added
}

/// Adds photos to a draft or command. Their bytes are on the disk when this returns.
pub(super) fn insert(
    tx: &Transaction<'_>,
    db: &Database,
    owner: CommandId,
    photos: &[NewAttachment],
) -> Result<(), OutboxError> {
    for (photo, place) in photos.iter().zip(pieces::places(photos)) {
        insert_row(tx, owner, photo, &place)?;
    }
    pieces::keep(db.sealed(), photos)
}

fn insert_row(
    tx: &Transaction<'_>,
    owner: CommandId,
    photo: &NewAttachment,
    place: &Place,
) -> Result<(), OutboxError> {
    let owner = owner.to_string();
    let (count, next): (u64, i64) = tx.query_row(
        "SELECT count(*), coalesce(max(position), 0) + 1 FROM attachments WHERE owner = ?1",
        [&owner],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    if count >= MAX_ATTACHMENTS as u64 {
        return Err(OutboxError::TooManyPhotos);
    }
    let size = i64::try_from(photo.bytes.len()).map_err(|_| OutboxError::Quota)?;
    let held: i64 = tx.query_row("SELECT coalesce(sum(size), 0) FROM attachments", [], |row| row.get(0))?;
    if held.saturating_add(size) > QUOTA_BYTES {
        return Err(OutboxError::Quota);
    }
    tx.execute(
        "INSERT INTO attachments (id, owner, position, sha256, size, media_type, captured_at, lat_e7, lon_e7,
           state, sealed_file, sealed_start)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        params![
            photo.id.to_string(),
            owner,
            next,
            photo.sha256.as_str(),
            size,
            photo.media_type,
            photo.captured_at.map(|at| at.0),
            photo.captured_where.map(|at| at.lat_e7),
            photo.captured_where.map(|at| at.lon_e7),
            PhotoProgress::Held,
            place.file,
            place.start,
        ],
    )?;
    Ok(())
}

/// Takes a photo out of a draft.
///
/// # Errors
/// [`OutboxError::Missing`] if it is not there, or belongs to a command by now.
pub fn remove(db: &Database, owner: CommandId, id: AttachmentId) -> Result<(), OutboxError> {
    db.write(|tx| {
        let sql = "DELETE FROM attachments WHERE id = ?1 AND owner = ?2
                   AND EXISTS (SELECT 1 FROM drafts WHERE drafts.id = ?2)";
        match tx.execute(sql, params![id.to_string(), owner.to_string()])? {
            0 => Err(OutboxError::Missing),
            _ => Ok(()),
        }
    })?;
    pieces::sweep(db);
    Ok(())
}

/// The photos of a draft or command, in order.
///
/// # Errors
/// [`OutboxError::Store`].
pub fn of(db: &Database, owner: CommandId) -> Result<Vec<Attachment>, OutboxError> {
    db.read(|tx| owned(tx, owner))
}

pub(super) fn owned(tx: &Transaction<'_>, owner: CommandId) -> Result<Vec<Attachment>, OutboxError> {
    let mut statement =
        tx.prepare_cached(&format!("SELECT {COLUMNS} FROM attachments WHERE owner = ?1 ORDER BY position"))?;
    let rows = statement.query_map([owner.to_string()], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// All bytes of a photo, for showing it.
///
/// # Errors
/// [`OutboxError::Missing`] if it is not on this device (any more), or not whole.
pub fn bytes(db: &Database, id: AttachmentId) -> Result<Vec<u8>, OutboxError> {
    db.read(|tx| pieces::all(tx, db.sealed(), id))
}

/// The bytes from `offset` to the end of the piece in which it falls.
///
/// # Errors
/// [`OutboxError::Missing`] if there is no such piece.
pub fn bytes_at(db: &Database, id: AttachmentId, offset: u64) -> Result<Vec<u8>, OutboxError> {
    let piece = CHUNK_BYTES as u64;
    let skip = usize::try_from(offset % piece).map_err(|_| OutboxError::Missing)?;
    let found = db.read(|tx| pieces::one(tx, db.sealed(), id, offset / piece))?;
    found.get(skip..).filter(|rest| !rest.is_empty()).map(<[u8]>::to_vec).ok_or(OutboxError::Missing)
}

pub(crate) const COLUMNS: &str =
    "id, owner, sha256, size, media_type, captured_at, lat_e7, lon_e7, state, sent_bytes";

pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Attachment> {
    let sha256: String = row.get(2)?;
    let sha256 = ContentHash::parse(&sha256).map_err(|_| rusqlite::Error::InvalidQuery)?;
    let position: (Option<i32>, Option<i32>) = (row.get(6)?, row.get(7)?);
    let captured_where = match position {
        (Some(lat_e7), Some(lon_e7)) => Some(Position { lat_e7, lon_e7, accuracy_m: None }),
        _ => None,
    };
    Ok(Attachment {
        declaration: AttachmentDeclaration {
            id: parse(row, 0)?,
            sha256,
            size: row.get(3)?,
            media_type: row.get(4)?,
            captured_at: row.get::<_, Option<i64>>(5)?.map(UtcMillis),
            captured_where,
        },
        owner: parse(row, 1)?,
        progress: row.get(8)?,
        sent_bytes: row.get(9)?,
    })
}
