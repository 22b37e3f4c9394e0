//! `backup` and `restored`: a copy of the rows while serving goes on, and what to do after putting one back.

use std::path::{Path, PathBuf};

use clap::Args;
use rusqlite::{Connection, OpenFlags};

use super::place::Place;
use super::{CliResult, say};
use crate::clock::{SystemRandom, random_bytes};
use crate::db::{DbError, DbUrl, WriteError};
use crate::feeds;
use crate::open::open_db;

/// Copy the SQLite database into a new file while the backend goes on serving.
///
/// Copy the folders `objects` and `keys` afterwards: bytes come before the rows that need them. A
/// PostgreSQL database has its own tools.
#[derive(Debug, Args)]
pub(super) struct Backup {
    #[command(flatten)]
    place: Place,
    /// The file to write; it must not exist.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
}

impl Backup {
    pub(super) async fn run(self) -> CliResult {
        let DbUrl::Sqlite(from) = self.place.db() else {
            return Err("a PostgreSQL database is copied with pg_dump".into());
        };
        tokio::task::spawn_blocking(move || copy(&from, &self.to)).await??;
        say("the copy is complete and was synced to the disk")?;
        Ok(())
    }
}

/// Copies one moment's rows; writers go on meanwhile.
fn copy(from: &Path, to: &Path) -> CliResult {
    let target = to.to_str().ok_or("the file's name is not text")?;
    let connection = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    // It refuses a file that is there.
    connection.execute("VACUUM INTO ?1", [target])?;
    std::fs::File::open(to)?.sync_all()?;
    Ok(())
}

/// After a backup was put back: start a new epoch, so that every device fetches its documents again.
#[derive(Debug, Args)]
pub(super) struct Restored {
    #[command(flatten)]
    place: Place,
}

impl Restored {
    pub(super) async fn run(self) -> CliResult {
        let db = open_db(&self.place.db()).await?;
        let epoch = hex::encode(random_bytes::<8>(&SystemRandom));
        db.write(move |tx| feeds::restart(tx, &epoch)).await.map_err(WriteError::<DbError>::flatten)?;
        say("a new epoch has begun")?;
        Ok(())
    }
}
