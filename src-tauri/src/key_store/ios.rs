//! The protected-data keychain of the app.

use std::sync::Arc;

use keyring_core::CredentialStore;

/// Opens the store. It may block, so it is called off the async threads.
///
/// # Errors
/// What the system says if it has none.
pub fn open() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(apple_native_keyring_store::protected::Store::new()?)
}
