//! What every handler and verb of the backend shares.

use std::sync::Arc;

use citizen_contract::profile::Profile;
use object_store::ObjectStore;

use crate::clock::{Clock, Random};
use crate::db::Db;
use crate::ledger::numbers::Numbers;
use crate::nudges::Nudges;
use crate::receipts::Signer;

/// One running backend. Cheap to clone: clones share everything.
#[derive(Clone)]
pub struct Backend {
    /// The database.
    pub db: Db,
    /// What the locality decides.
    pub profile: Arc<Profile>,
    /// Signs receipts and checkpoints.
    pub signer: Arc<Signer>,
    /// Report numbers that this process may still hand out.
    pub numbers: Numbers,
    /// Bytes of attachments.
    pub blobs: Arc<dyn ObjectStore>,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where unguessable bytes come from.
    pub random: Arc<dyn Random>,
    /// Told after COMMIT.
    pub nudges: Nudges,
}
