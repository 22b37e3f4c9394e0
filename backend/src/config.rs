//! What a backend is told when it starts.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use crate::clock::{Clock, Random, SystemClock, SystemRandom};
use crate::db::DbUrl;
use crate::identity::Codes;
use crate::messenger::{MessengerChoice, Secret};

/// Where the profile comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProfileChoice {
    /// One that is compiled in, by its id.
    Embedded(String),
    /// A folder of profile files, beside the folder `vietnam` with the national facts.
    Folder(PathBuf),
}

/// Everything that differs between two running backends.
#[derive(Clone)]
pub struct Config {
    /// Where rows lie.
    pub db: DbUrl,
    /// Where keys and, by default, bytes of attachments lie.
    pub data_dir: PathBuf,
    /// The public port; 0 lets the system choose.
    pub listen: SocketAddr,
    /// The operator's port; none serves no metrics.
    pub metrics_listen: Option<SocketAddr>,
    /// Proxies before the public port that tell in `X-Forwarded-For` where a request came from.
    pub proxies: Vec<IpAddr>,
    /// The locality.
    pub profile: ProfileChoice,
    /// Whether missing keys are made and the sample people added.
    pub demo: bool,
    /// How codes reach phones.
    pub messenger: MessengerChoice,
    /// The most codes in 24 hours: what they cost at most.
    pub codes_per_day: u32,
    /// The password of this backend at the national identification, if it has one there.
    pub national_secret: Secret,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where unguessable bytes come from.
    pub random: Arc<dyn Random>,
}

impl Config {
    /// A backend over one SQLite file in `data_dir`, on a loopback port that the system chooses,
    /// with the machine's clock.
    #[must_use]
    pub fn in_folder(data_dir: impl Into<PathBuf>) -> Self {
        let data_dir = data_dir.into();
        Self {
            db: DbUrl::sqlite(data_dir.join("backend.db")),
            data_dir,
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            metrics_listen: None,
            proxies: Vec::new(),
            profile: ProfileChoice::Embedded("thuy-nguyen".to_owned()),
            demo: false,
            messenger: MessengerChoice::Usual,
            codes_per_day: Codes::PER_DAY,
            national_secret: Secret::default(),
            clock: Arc::new(SystemClock),
            random: Arc::new(SystemRandom),
        }
    }
}
