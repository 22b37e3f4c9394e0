//! A copy of the embedded database, taken while it is in use.

use std::fs::File;
use std::path::{Path, PathBuf};

use super::error::{DbError, StorageFault};
use super::open::Db;
use super::sqlite;
use super::tx::Tx;

/// No backup was made; nothing lies at the place that was asked for.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A server has its own tools.
    #[error("a PostgreSQL database is backed up with pg_dump or the server's own archive")]
    Server,
    /// A backup never replaces a file.
    #[error("there is a file of that name already")]
    Exists,
    /// The copy is not sound.
    #[error("the copy failed its integrity check")]
    Unsound,
    /// The engine said no.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The place cannot be written.
    #[error("the backup cannot be put in its place")]
    Io(#[from] std::io::Error),
}

impl Db {
    /// Removes from the embedded engine's write-ahead log what was overwritten or deleted since; the file
    /// itself never keeps deleted rows. A server reuses the room by itself, sooner or later.
    ///
    /// # Errors
    /// [`DbError`]; the next checkpoint does it too.
    pub async fn scrub(&self) -> Result<(), DbError> {
        let Some(file) = self.file() else { return Ok(()) };
        let work = tokio::task::spawn_blocking(move || sqlite::backup::scrub(&file));
        work.await.unwrap_or(Err(StorageFault::Closed.into()))
    }

    /// Copies everything committed so far to the new file `to`, without keeping anybody waiting.
    ///
    /// `mend` runs on the copy before it gets its name. A caller with feeds restarts their epoch there,
    /// so that a restored copy is known to be another life of the data.
    ///
    /// # Errors
    /// [`BackupError`]; a half-made copy is removed.
    pub async fn backup<F>(&self, to: &Path, mend: F) -> Result<(), BackupError>
    where
        F: Fn(&mut Tx<'_>) -> Result<(), DbError> + Send + 'static,
    {
        let from = self.file().ok_or(BackupError::Server)?;
        let to = to.to_path_buf();
        let work = tokio::task::spawn_blocking(move || copy(&from, &to, &mend));
        work.await.unwrap_or(Err(BackupError::Db(StorageFault::Closed.into())))
    }
}

fn copy(
    from: &Path,
    to: &Path,
    mend: &dyn Fn(&mut Tx<'_>) -> Result<(), DbError>,
) -> Result<(), BackupError> {
    if to.try_exists()? {
        return Err(BackupError::Exists);
    }
    let mut name = to.as_os_str().to_owned();
    name.push(".partial");
    let partial = PathBuf::from(name);
    // What an interrupted backup left is worth nothing.
    let _ = std::fs::remove_file(&partial);
    let made = sqlite::backup::copy(from, &partial, mend)
        .map_err(BackupError::from)
        .and_then(|sound| if sound { Ok(()) } else { Err(BackupError::Unsound) })
        .and_then(|()| put_in_place(&partial, to).map_err(BackupError::from));
    if made.is_err() {
        let _ = std::fs::remove_file(&partial);
    }
    made
}

/// The name appears only when the bytes are on the disk.
fn put_in_place(partial: &Path, to: &Path) -> std::io::Result<()> {
    File::open(partial)?.sync_all()?;
    std::fs::rename(partial, to)?;
    match to.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => File::open(folder)?.sync_all(),
        _ => File::open(".")?.sync_all(),
    }
}

#[cfg(test)]
#[cfg(feature = "postgres")]
mod tests {
    use super::*;
    use crate::db::testing::Fresh;
    use crate::db::{DbUrl, Engine, Migration, WriteError};
    use crate::params;

    const NOTES: Migration = Migration { id: "notes", sql: "CREATE TABLE notes (words TEXT PRIMARY KEY)" };

    async fn note(db: &Db, words: &'static str) {
        db.write(move |tx: &mut Tx<'_>| tx.execute("INSERT INTO notes (words) VALUES (?1)", params![words]))
            .await
            .map_err(WriteError::<DbError>::flatten)
            .unwrap();
    }

    async fn notes(db: &Db) -> Vec<String> {
        db.read(|tx: &mut Tx<'_>| {
            tx.query("SELECT words FROM notes ORDER BY words", params![], |row| row.text(0))
        })
        .await
        .map_err(WriteError::<DbError>::flatten)
        .unwrap()
    }

    #[tokio::test]
    async fn a_copy_holds_what_was_committed_and_is_mended_alone() {
        let fresh = Fresh::new(Engine::Sqlite);
        let db = fresh.open();
        db.migrate(&[NOTES]).await.unwrap();
        note(&db, "trước").await;
        let to = fresh.file().unwrap().with_file_name("copy.db");
        let mend =
            |tx: &mut Tx<'_>| tx.execute("INSERT INTO notes (words) VALUES ('vá')", params![]).map(drop);
        db.backup(&to, mend).await.unwrap();
        note(&db, "sau").await;
        assert_eq!(notes(&db).await, ["sau", "trước"]);
        assert_eq!(notes(&Db::open(&DbUrl::sqlite(&to)).unwrap()).await, ["trước", "vá"]);
        assert!(matches!(db.backup(&to, |_| Ok(())).await, Err(BackupError::Exists)));
    }

    #[tokio::test]
    async fn a_copy_that_cannot_be_finished_leaves_no_file() {
        let fresh = Fresh::new(Engine::Sqlite);
        let db = fresh.open();
        db.migrate(&[NOTES]).await.unwrap();
        let to = fresh.file().unwrap().with_file_name("copy.db");
        let refused = db.backup(&to, |_| Err(DbError::NoRow)).await;
        assert!(matches!(refused, Err(BackupError::Db(DbError::NoRow))));
        let left = std::fs::read_dir(to.parent().unwrap()).unwrap();
        assert!(left.flatten().all(|entry| !entry.file_name().to_string_lossy().contains("copy")));
        let nowhere = db.backup(Path::new("/nonexistent/copy.db"), |_| Ok(())).await;
        assert!(nowhere.is_err());
    }

    #[tokio::test]
    async fn a_servers_database_is_left_to_its_own_tools() {
        let fresh = Fresh::new(Engine::Postgres);
        let answer = fresh.open().backup(Path::new("/nonexistent"), |_| Ok(())).await;
        assert!(matches!(answer, Err(BackupError::Server)));
    }
}
