//! The pair of files that belongs to one account in one instance.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use citizen_contract::time::UtcMillis;

use super::{Database, DatabaseKey, Durability, Migration, StoreError};

/// Both open databases of one account.
#[derive(Clone)]
pub struct AccountStore {
    /// Drafts, commands, photo bytes, receipts: never dropped.
    pub outbox: Arc<Database>,
    /// Documents and cursors: can be fetched again.
    pub cache: Arc<Database>,
}

/// What opening found.
pub struct Opened {
    /// The files.
    pub store: AccountStore,
    /// An outbox that could not be read was set aside under this name; the person must be told.
    pub set_aside: Option<String>,
}

/// Which migrations the two files get.
#[derive(Clone, Copy)]
pub(crate) struct Schemas {
    pub outbox: &'static [Migration],
    pub cache: &'static [Migration],
}

impl AccountStore {
    /// Opens the files in `dir`.
    ///
    /// With `trust_key` an unreadable outbox is renamed, never deleted, and a new one is begun;
    /// without it (a passphrase may be mistyped) the file stays and the error says so.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] for a key that does not fit and is not trusted.
    pub(crate) fn open(
        dir: &Path,
        key: &DatabaseKey,
        schemas: Schemas,
        trust_key: bool,
        now: UtcMillis,
    ) -> Result<Opened, StoreError> {
        std::fs::create_dir_all(dir)?;
        let path = dir.join("outbox.db");
        let mut set_aside = None;
        let outbox = match Database::open(&path, key, Durability::Full, schemas.outbox) {
            Err(StoreError::Unreadable | StoreError::Damaged) if trust_key => {
                set_aside = Some(rename_aside(&path, now)?);
                Database::open(&path, key, Durability::Full, schemas.outbox)?
            }
            other => other?,
        };
        let path = dir.join("cache.db");
        let cache = match Database::open(&path, key, Durability::Normal, schemas.cache) {
            Err(StoreError::Unreadable | StoreError::Damaged) => {
                for file in with_companions(&path) {
                    remove_if_there(&file)?;
                }
                Database::open(&path, key, Durability::Normal, schemas.cache)?
            }
            other => other?,
        };
        Ok(Opened { store: Self { outbox: Arc::new(outbox), cache: Arc::new(cache) }, set_aside })
    }

    /// Whether `dir` already holds an outbox.
    #[must_use]
    pub fn exists(dir: &Path) -> bool {
        dir.join("outbox.db").exists()
    }
}

/// The files of one database; its sealed files go where it goes.
fn with_companions(path: &Path) -> [PathBuf; 4] {
    ["", "-wal", "-shm", "-sealed"].map(|suffix| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    })
}

fn remove_if_there(path: &Path) -> Result<(), StoreError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// An outbox that could not be read and was set aside, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// The name of its file.
    pub name: String,
    /// When it was set aside.
    pub at: UtcMillis,
    /// Bytes of it on the disk, photos included.
    pub bytes: u64,
}

/// What was set aside in `dir` so far, the latest first.
///
/// # Errors
/// [`StoreError::Io`] if the folder cannot be read.
pub fn set_aside_in(dir: &Path) -> Result<Vec<SetAside>, StoreError> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let Some(at) = aside_at(&name) else { continue };
        let mut bytes = 0_u64;
        for file in with_companions(&dir.join(&name)) {
            bytes = bytes.saturating_add(bytes_of(&file)?);
        }
        found.push(SetAside { name, at, bytes });
    }
    found.sort_by(|a, b| (b.at, &b.name).cmp(&(a.at, &a.name)));
    Ok(found)
}

/// The time in a name that [`rename_aside`] gave.
fn aside_at(name: &str) -> Option<UtcMillis> {
    let (at, _) = name.strip_prefix(ASIDE)?.strip_suffix(".db")?.split_once('-')?;
    at.parse().ok().map(UtcMillis)
}

/// Bytes of a file, or of all files in a folder; 0 if it is not there.
fn bytes_of(path: &Path) -> Result<u64, StoreError> {
    let Ok(about) = std::fs::metadata(path) else { return Ok(0) };
    if !about.is_dir() {
        return Ok(about.len());
    }
    let sizes = std::fs::read_dir(path)?.map(|entry| Ok(entry?.metadata()?.len()));
    sizes.sum::<Result<u64, std::io::Error>>().map_err(StoreError::from)
}

const ASIDE: &str = "outbox-aside-";

fn rename_aside(path: &Path, now: UtcMillis) -> Result<String, StoreError> {
    let mut attempt = 0;
    // Two files set aside in the same millisecond must not overwrite each other.
    let name = loop {
        let name = format!("{ASIDE}{}-{attempt}.db", now.0);
        if !path.with_file_name(&name).exists() {
            break name;
        }
        attempt += 1;
    };
    let pairs = with_companions(path).into_iter().zip(with_companions(&path.with_file_name(&name)));
    // The database goes last: were it gone first and the process ended, a new one would be begun
    // beside the old photos and sweep them.
    for (from, to) in pairs.rev() {
        if from.exists() {
            std::fs::rename(from, to)?;
        }
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::SeededRandom;

    const SCHEMAS: Schemas = Schemas {
        outbox: &[Migration { name: "test", sql: "CREATE TABLE kept (word TEXT NOT NULL) STRICT;" }],
        cache: &[],
    };

    fn open(dir: &Path, seed: u64, trust_key: bool) -> Result<Opened, StoreError> {
        let key = DatabaseKey::random(&SeededRandom::new(seed));
        AccountStore::open(dir, &key, SCHEMAS, trust_key, UtcMillis(1_712_000_000_000))
    }

    fn keep(opened: &Opened, word: &str) {
        let work = |tx: &rusqlite::Transaction<'_>| -> Result<(), StoreError> {
            tx.execute("INSERT INTO kept (word) VALUES (?1)", [word])?;
            Ok(())
        };
        opened.store.outbox.write(work).unwrap();
    }

    #[test]
    fn what_was_written_is_ciphertext_on_disk_and_there_after_reopening() {
        let dir = tempfile::tempdir().unwrap();
        keep(&open(dir.path(), 1, true).unwrap(), "ổ gà trước cổng chợ");
        for entry in std::fs::read_dir(dir.path()).unwrap() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            assert!(!bytes.windows(6).any(|w| w == "ổ gà".as_bytes()), "words in clear");
            assert!(!bytes.starts_with(b"SQLite format 3"), "file in clear");
        }
        let again = open(dir.path(), 1, true).unwrap();
        let read = |tx: &rusqlite::Transaction<'_>| -> Result<String, StoreError> {
            Ok(tx.query_row("SELECT word FROM kept", [], |row| row.get(0))?)
        };
        assert_eq!(again.store.outbox.read(read).unwrap(), "ổ gà trước cổng chợ");
        assert_eq!(again.set_aside, None);
    }

    #[test]
    fn an_outbox_that_a_trusted_key_does_not_open_is_set_aside_whole() {
        let dir = tempfile::tempdir().unwrap();
        let first = open(dir.path(), 1, true).unwrap();
        keep(&first, "đèn đường hỏng");
        first.store.outbox.sealed().write("photo", &[]).unwrap();
        drop(first);
        let other = open(dir.path(), 2, true).unwrap();
        let name = other.set_aside.unwrap();
        let found = set_aside_in(dir.path()).unwrap();
        assert_eq!(found.len(), 1, "told also after the next start");
        assert_eq!((&found[0].name, found[0].at), (&name, UtcMillis(1_712_000_000_000)));
        assert!(found[0].bytes >= 4096, "{}", found[0].bytes);
        let aside = dir.path().join(name);
        let old_key = DatabaseKey::random(&SeededRandom::new(1));
        let old = Database::open(&aside, &old_key, Durability::Full, SCHEMAS.outbox).unwrap();
        let count = |tx: &rusqlite::Transaction<'_>| -> Result<i64, StoreError> {
            Ok(tx.query_row("SELECT count(*) FROM kept", [], |row| row.get(0))?)
        };
        assert_eq!(old.read(count).unwrap(), 1);
        assert_eq!(old.sealed().names().unwrap(), ["photo"], "its photos went along");
        assert!(other.store.outbox.sealed().names().unwrap().is_empty());
        assert_eq!(other.store.outbox.read(count).unwrap(), 0);
    }

    #[test]
    fn a_mistyped_passphrase_moves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        keep(&open(dir.path(), 1, false).unwrap(), "rác chưa gom");
        assert!(matches!(open(dir.path(), 2, false), Err(StoreError::Unreadable)));
        open(dir.path(), 1, false).unwrap();
    }
}
