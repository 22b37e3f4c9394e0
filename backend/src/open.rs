//! From a configuration to a backend that can work, before any port is open.

use std::path::Path;
use std::sync::Arc;
use std::thread::available_parallelism;

use citizen_contract::profile::{self, Profile, ProfileErrors, ProfileSource};

use crate::clock::random_bytes;
use crate::config::{Config, ProfileChoice};
use crate::db::{Db, DbError, DbUrl, MigrateError, OpenError, WriteError};
use crate::files::{Files, NoFaults, open_folder};
use crate::identity::staff::StaffRules;
use crate::identity::{Codes, Identity, NumberKeys, PasswordError, Passwords};
use crate::joined::{ReportPhotos, migrations};
use crate::keys::{self, KeysError};
use crate::ledger::numbers::Numbers;
use crate::messenger::MessengerSetupError;
use crate::national_id::{National, NationalSetupError};
use crate::nudges::Nudges;
use crate::samples::{self, SamplesError};
use crate::state::Backend;
use crate::{feeds, places};

/// A backend could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A folder cannot be made or a port cannot be opened.
    #[error("{what}: {error}")]
    Io {
        /// What was tried.
        what: String,
        /// Why not.
        error: std::io::Error,
    },
    /// There is no such profile.
    #[error("there is no profile {0}; compiled in are thuy-nguyen and hai-duong")]
    NoProfile(String),
    /// The profile has mistakes.
    #[error("{0}")]
    Profile(#[from] ProfileErrors),
    /// The database cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The schema.
    #[error(transparent)]
    Migrate(#[from] MigrateError),
    /// A first statement.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The folder of attachments.
    #[error("the folder of attachments: {0}")]
    Objects(#[from] object_store::Error),
    /// The keys.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// The messenger.
    #[error(transparent)]
    Messenger(#[from] MessengerSetupError),
    /// The national identification.
    #[error(transparent)]
    National(#[from] NationalSetupError),
    /// The password hasher.
    #[error(transparent)]
    Passwords(#[from] PasswordError),
    /// The sample people.
    #[error(transparent)]
    Samples(#[from] SamplesError),
}

/// An opened backend with the rooms that need more than its shared state.
#[derive(Clone)]
pub struct Opened {
    /// What all share.
    pub backend: Backend,
    /// Accounts and sessions.
    pub identity: Identity,
    /// Attachments.
    pub files: Files,
}

/// Opens the database, brings its schema up to date, reads keys and profile, and publishes the
/// catalogue if it changed. In a demo it also makes missing keys and adds the sample people.
///
/// # Errors
/// [`StartError`]; an SQLite that is too old is among them.
pub async fn open(config: &Config) -> Result<Opened, StartError> {
    make_folder(&config.data_dir)?;
    let profile = Arc::new(read_profile(&config.profile)?);
    let db = open_db(&config.db).await?;
    let messenger = config.messenger.open(config.listen, config.demo, &config.data_dir)?;
    let codes = Codes { messenger, per_day: config.codes_per_day };
    let keys_folder = config.data_dir.join("keys");
    let random = config.random.as_ref();
    if config.demo {
        keys::init(&keys_folder, config.clock.now(), random)?;
    }
    let keys = keys::read(&keys_folder, config.clock.now(), random)?;
    let backend = Backend {
        db,
        profile,
        signer: Arc::new(keys.signer),
        numbers: Numbers::default(),
        blobs: open_folder(&config.data_dir.join("objects"))?,
        clock: config.clock.clone(),
        random: config.random.clone(),
        nudges: Nudges::default(),
    };
    begin(&backend).await?;
    let facts = backend.profile.national_id.clone();
    let national = facts.map(|facts| National::new(facts, config.national_secret.clone(), config.listen));
    let national = national.transpose()?.map(Arc::new);
    let exempt = config.demo && config.listen.ip().is_loopback();
    let opened = join(backend, keys.numbers, codes, national, exempt)?;
    if config.demo {
        samples::add(&opened.identity).await?;
    }
    Ok(opened)
}

/// Opens the database alone and brings its schema up to date.
///
/// # Errors
/// [`StartError`]
pub async fn open_db(url: &DbUrl) -> Result<Db, StartError> {
    let db = Db::open(url)?;
    db.migrate(&migrations()).await?;
    Ok(db)
}

/// The profile that was chosen.
///
/// # Errors
/// Every mistake in it with file and line.
pub fn read_profile(choice: &ProfileChoice) -> Result<Profile, StartError> {
    match choice {
        ProfileChoice::Embedded(id) => match profile::embedded(id) {
            Some(profile) => Ok(profile?),
            None => Err(StartError::NoProfile(id.clone())),
        },
        ProfileChoice::Folder(folder) => {
            let mut source = ProfileSource::default();
            read_folder(folder, "", &mut source)?;
            let national = folder.parent().unwrap_or(folder).join("vietnam");
            read_folder(&national, "vietnam/", &mut source)?;
            Ok(Profile::parse(&source)?)
        }
    }
}

fn read_folder(folder: &Path, prefix: &str, source: &mut ProfileSource) -> Result<(), StartError> {
    let failed = |error| StartError::Io { what: format!("the profile folder {}", folder.display()), error };
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let kind = path.extension().and_then(|kind| kind.to_str());
        if let (Some("toml" | "csv"), Some(name)) = (kind, path.file_name().and_then(|name| name.to_str())) {
            source.insert(format!("{prefix}{name}"), std::fs::read_to_string(&path).map_err(failed)?);
        }
    }
    Ok(())
}

async fn begin(backend: &Backend) -> Result<(), DbError> {
    let epoch = hex::encode(random_bytes::<8>(backend.random.as_ref()));
    let catalogue = backend.profile.catalogue();
    let nudges = backend
        .db
        .write(move |tx| {
            feeds::begin(tx, &epoch)?;
            places::import::import(tx, &catalogue)
        })
        .await
        .map_err(WriteError::<DbError>::flatten)?;
    backend.nudges.tell(nudges);
    Ok(())
}

fn join(
    backend: Backend,
    numbers: NumberKeys,
    codes: Codes,
    national: Option<Arc<National>>,
    exempt: bool,
) -> Result<Opened, StartError> {
    let cores = available_parallelism().map_or(1, usize::from);
    let passwords = Passwords::new(cores, backend.random.as_ref())?;
    let identity = Identity {
        backend: backend.clone(),
        numbers: Arc::new(numbers),
        passwords: Arc::new(passwords),
        codes: Arc::new(codes),
        staff: StaffRules::of(backend.profile.staff, exempt),
        national,
    };
    let files = Files::new(backend.clone(), Arc::new(ReportPhotos), Arc::new(NoFaults));
    Ok(Opened { backend, identity, files })
}

fn make_folder(folder: &Path) -> Result<(), StartError> {
    std::fs::create_dir_all(folder)
        .map_err(|error| StartError::Io { what: format!("the folder {}", folder.display()), error })
}
