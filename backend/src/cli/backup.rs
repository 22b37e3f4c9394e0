//! `backup` and `restored`: a copy of the rows while serving goes on, and what to do after putting one back.

use std::path::PathBuf;

use clap::Args;

use super::place::Place;
use super::{CliResult, say};
use crate::clock::{SystemRandom, random_bytes};
use crate::db::{Db, DbError, DbUrl, Tx, WriteError};
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
        let epoch = hex::encode(random_bytes::<8>(&SystemRandom));
        // Put back, the copy is another life of the data: cursors of this one must not fit it.
        let mend = move |tx: &mut Tx<'_>| feeds::restart(tx, &epoch);
        let from = self.place.db();
        if matches!(&from, DbUrl::Sqlite(path) if !path.exists()) {
            return Err("there is no database to copy".into());
        }
        // Not migrated: a copy before an upgrade is one of what is there.
        Db::open(&from)?.backup(&self.to, mend).await?;
        say("the copy is complete and was synced to the disk")?;
        Ok(())
    }
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
