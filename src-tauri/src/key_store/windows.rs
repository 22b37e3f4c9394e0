//! The credential manager of the signed-in person.

use std::sync::Arc;

use keyring_core::CredentialStore;

/// Opens the store. It may block, so it is called off the async threads.
///
/// # Errors
/// What the system says if it has none.
pub fn open() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(windows_native_keyring_store::Store::new()?)
}
