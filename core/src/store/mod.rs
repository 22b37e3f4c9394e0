//! Files on this device: two encrypted databases per account, their keys, migrations and one lock.
//!
//! `outbox.db` is durable against power loss and is never dropped; `cache.db` can be thrown away
//! and fetched again. Photo bytes lie sealed in files beside the outbox, named by its rows. Tables live beside the room that owns them; this room only opens files.

mod account;
mod database;
mod error;
mod key;
mod lock;
mod migrate;
mod sealed;

pub(crate) use account::Schemas;
pub use account::{AccountStore, Opened, SetAside, set_aside_in};
pub use database::{Database, Durability};
pub use error::StoreError;
pub use key::{DatabaseKey, PassphraseFile};
pub use lock::InstanceLock;
pub use migrate::Migration;
pub use sealed::{Content, PIECE_BYTES, Place, SealedFiles};

/// Runs blocking work off the async threads.
///
/// # Errors
/// [`StoreError::Stopped`] if the work panicked or the runtime is ending.
pub async fn off_thread<T, E, F>(work: F) -> Result<T, E>
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
    F: FnOnce() -> Result<T, E> + Send + 'static,
{
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(_) => Err(StoreError::Stopped.into()),
    }
}
