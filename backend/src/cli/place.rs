//! Where a deployment lies: flags that most subcommands share.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::{CliResult, say};
use crate::clock::{SystemClock, SystemRandom};
use crate::config::{Config, ProfileChoice};
use crate::db::DbUrl;
use crate::open::open_db;

/// The folder and the database.
#[derive(Debug, Clone, Args)]
pub(super) struct Place {
    /// The folder for keys, attachments and, unless --db says otherwise, the database file.
    #[arg(long, value_name = "FOLDER", default_value = "data", env = "CITIZEN_DATA_DIR")]
    pub(super) data_dir: PathBuf,
    /// The database: sqlite:PATH or postgres://USER@HOST/NAME. Default: backend.db in the data folder.
    #[arg(long, value_name = "URL", env = "CITIZEN_DB", hide_env_values = true)]
    db: Option<DbUrl>,
}

/// The locality.
#[derive(Debug, Clone, Args)]
pub(super) struct Locality {
    /// The profile: an id that is compiled in (thuy-nguyen, hai-duong), or a folder with a slash in it.
    #[arg(long, value_name = "ID|FOLDER", default_value = "thuy-nguyen", env = "CITIZEN_PROFILE")]
    pub(super) profile: String,
}

impl Place {
    pub(super) fn db(&self) -> DbUrl {
        self.db.clone().unwrap_or_else(|| DbUrl::sqlite(self.data_dir.join("backend.db")))
    }

    pub(super) fn keys(&self) -> PathBuf {
        self.data_dir.join("keys")
    }

    /// A configuration with the machine's clock that opens no port of its own.
    pub(super) fn config(&self, locality: &Locality) -> Config {
        Config {
            db: self.db(),
            profile: locality.choice(),
            clock: Arc::new(SystemClock),
            random: Arc::new(SystemRandom),
            ..Config::in_folder(&self.data_dir)
        }
    }
}

impl Locality {
    pub(super) fn choice(&self) -> ProfileChoice {
        if self.profile.contains(['/', '\\']) {
            ProfileChoice::Folder(PathBuf::from(&self.profile))
        } else {
            ProfileChoice::Embedded(self.profile.clone())
        }
    }
}

/// Bring the database's schema up to date and stop. Serving does the same at its start.
#[derive(Debug, Args)]
pub(super) struct Migrate {
    #[command(flatten)]
    place: Place,
}

impl Migrate {
    pub(super) async fn run(self) -> CliResult {
        std::fs::create_dir_all(&self.place.data_dir)?;
        open_db(&self.place.db()).await?;
        say("the schema is up to date")?;
        Ok(())
    }
}
