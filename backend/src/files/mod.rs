//! Bytes of attachments: resumable uploads (tus 1.0), pictures made safe to show, and reading them.
//!
//! Only what an accepted command declared can be uploaded, by the account that declared it. What an
//! attachment belongs to is the business of a slice, which the router joins here as [`Attachments`].
//! A hash that is already known never spares anybody the sending: that would be an oracle and a theft.
//!
//! The order of steps makes every crash recoverable: an upload's row stands before its first object,
//! a part's object before the part's row, the finished blobs before the attachment counts as
//! received, and objects of parts go last. [`Step`] names the gaps in between.

mod append;
mod attachments;
mod erase;
mod error;
mod faults;
mod finish;
mod objects;
mod picture;
mod rows;
mod schema;
mod serve;
mod status;
mod sweep;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use citizen_contract::ids::{AccountId, AttachmentId, CommandId};
use tokio::sync::Semaphore;

pub use append::{Chunk, MAX_PATCH_BYTES, admit, append};
pub use attachments::{Attachments, Declared, Sighted};
pub use erase::{erase, wipe};
pub use error::FilesError;
pub use faults::{Faults, NoFaults, Step};
pub use objects::open_folder;
pub use schema::MIGRATIONS;
pub use serve::{Served, Variant, serve};
pub use status::{UploadStatus, status};
pub use sweep::{UNFINISHED_MS, sweep};

use crate::state::Backend;

/// What the verbs of this room share. Cheap to clone.
#[derive(Clone)]
pub struct Files {
    /// Database, blobs and clock.
    pub backend: Backend,
    /// What attachments belong to.
    pub attachments: Arc<dyn Attachments>,
    /// Where a test may stop between two steps.
    pub faults: Arc<dyn Faults>,
    /// How many pictures are decoded at a time; one may take 200 MiB.
    decoding: Arc<Semaphore>,
}

impl Files {
    /// The room over a backend.
    pub fn new(backend: Backend, attachments: Arc<dyn Attachments>, faults: Arc<dyn Faults>) -> Self {
        Self { backend, attachments, faults, decoding: Arc::new(Semaphore::new(2)) }
    }
}

/// Which upload: the account that declared it, its command, the attachment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UploadKey {
    /// Who uploads.
    pub account: AccountId,
    /// The command that declared the attachment.
    pub command: CommandId,
    /// The attachment.
    pub attachment: AttachmentId,
}
