//! Large bytes beside a database: sealed files, named by rows of the database that holds their rights.
//!
//! Inside the database each byte would be encrypted in pages, copied to the write-ahead log and
//! copied again by a checkpoint, which costs several times the writing itself. Here it is sealed
//! once (AES-256-GCM) and written once. Order makes it safe: a file is on the disk before the row
//! that names it commits, and a file that no row names is swept. So a crash leaves a file too many
//! at worst, never a row without its bytes.

use std::fs::File;
use std::io::{ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hmac;

use super::{DatabaseKey, StoreError};

/// Bytes that are sealed together, so that a part can be read without the rest.
pub const PIECE_BYTES: usize = 256 * 1024;

const TAG_BYTES: u64 = 16;

/// What is sealed together under one key.
#[derive(Debug, Clone, Copy)]
pub struct Content<'a> {
    /// What no other content shares, the hash of the bytes included: the key is derived from it, so
    /// two contents never meet under one key and nonce.
    pub context: &'a str,
    /// The bytes.
    pub bytes: &'a [u8],
}

/// Where a content lies.
#[derive(Debug, Clone)]
pub struct Place {
    /// The file.
    pub file: String,
    /// The first sealed byte in it.
    pub start: u64,
    /// Bytes of the content, unsealed.
    pub size: u64,
}

impl Place {
    /// Bytes of the content, sealed.
    #[must_use]
    pub fn sealed_size(&self) -> u64 {
        self.size.saturating_add(self.size.div_ceil(PIECE_BYTES as u64).saturating_mul(TAG_BYTES))
    }
}

/// The sealed files beside one database.
pub struct SealedFiles {
    folder: PathBuf,
    key: hmac::Key,
    /// Bytes that one file may take: the disk has its own limit, a test sets a smaller one.
    room: AtomicU64,
}

impl SealedFiles {
    /// The files beside the database at `path`, which `key` opens.
    pub(super) fn beside(path: &Path, key: &DatabaseKey) -> Self {
        let own = key.derive("sealed files");
        Self {
            folder: folder_beside(path),
            key: hmac::Key::new(hmac::HMAC_SHA256, own.bytes()),
            room: AtomicU64::new(u64::MAX),
        }
    }

    /// Writes contents into the new file `name`; when this returns, a loss of power does not lose
    /// them. They lie one behind the other, each of [`Place::sealed_size`].
    ///
    /// # Errors
    /// [`StoreError::Full`] if there is no room; nothing is left behind then.
    pub fn write(&self, name: &str, contents: &[Content<'_>]) -> Result<(), StoreError> {
        self.make_folder()?;
        let written = self.write_whole(name, contents);
        if written.is_err() {
            // Half a file takes room that the person may need right now; a failure is mended by sweeping.
            self.remove(name).ok();
        }
        written
    }

    fn write_whole(&self, name: &str, contents: &[Content<'_>]) -> Result<(), StoreError> {
        let mut file = File::create(self.folder.join(name))?;
        let (mut end, mut sealed) = (0_u64, Vec::with_capacity(PIECE_BYTES.saturating_add(16)));
        for content in contents {
            let key = self.key(content.context)?;
            for (seq, piece) in (0_u64..).zip(content.bytes.chunks(PIECE_BYTES)) {
                sealed.clear();
                sealed.extend_from_slice(piece);
                key.seal_in_place_append_tag(nonce(seq), Aad::empty(), &mut sealed)
                    .map_err(|_| StoreError::Shape)?;
                end = end.saturating_add(sealed.len() as u64);
                if end > self.room.load(Ordering::Relaxed) {
                    return Err(StoreError::Full);
                }
                file.write_all(&sealed)?;
            }
        }
        file.sync_data()?;
        sync_folder(&self.folder)
    }

    /// Limits each new file to so many bytes, as a full disk would.
    pub(super) fn limit(&self, bytes: u64) {
        self.room.store(bytes, Ordering::Relaxed);
    }

    /// One piece of a content, `seq` counted from 0; `None` if it is not there, cut or changed.
    ///
    /// # Errors
    /// [`StoreError::Io`] if the file is there and the disk does not give it.
    pub fn piece(&self, place: &Place, context: &str, seq: u64) -> Result<Option<Vec<u8>>, StoreError> {
        let piece = PIECE_BYTES as u64;
        let before = seq.saturating_mul(piece);
        let length = place.size.saturating_sub(before).min(piece);
        if length == 0 {
            return Ok(None);
        }
        let mut file = match File::open(self.folder.join(&place.file)) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            other => other?,
        };
        let sealed_before = seq.saturating_mul(piece.saturating_add(TAG_BYTES));
        file.seek(SeekFrom::Start(place.start.saturating_add(sealed_before)))?;
        let mut bytes = Vec::new();
        file.take(length.saturating_add(TAG_BYTES)).read_to_end(&mut bytes)?;
        let opened =
            self.key(context)?.open_in_place(nonce(seq), Aad::empty(), &mut bytes).map(|it| it.len());
        Ok(opened.ok().filter(|opened| *opened as u64 == length).map(|opened| {
            bytes.truncate(opened);
            bytes
        }))
    }

    /// The names of all files.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub fn names(&self) -> Result<Vec<String>, StoreError> {
        let entries = match std::fs::read_dir(&self.folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            other => other?,
        };
        entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
    }

    /// Removes a file; one that is not there is no failure.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub fn remove(&self, name: &str) -> Result<(), StoreError> {
        match std::fs::remove_file(self.folder.join(name)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    fn make_folder(&self) -> Result<(), StoreError> {
        match std::fs::create_dir(&self.folder) {
            Ok(()) => self.folder.parent().map_or(Ok(()), sync_folder),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    fn key(&self, context: &str) -> Result<LessSafeKey, StoreError> {
        let derived = hmac::sign(&self.key, context.as_bytes());
        let key = UnboundKey::new(&AES_256_GCM, derived.as_ref()).map_err(|_| StoreError::Shape)?;
        Ok(LessSafeKey::new(key))
    }
}

/// Where the sealed files of the database at `path` are.
pub(super) fn folder_beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-sealed");
    PathBuf::from(name)
}

/// Each key seals one content once, so that counting its pieces never repeats a nonce.
fn nonce(seq: u64) -> Nonce {
    let mut bytes = [0; NONCE_LEN];
    for (to, from) in bytes.iter_mut().zip(seq.to_le_bytes()) {
        *to = from;
    }
    Nonce::assume_unique_for_key(bytes)
}

/// A file's name must be as durable as its bytes. Windows writes names through and opens no folder.
fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
