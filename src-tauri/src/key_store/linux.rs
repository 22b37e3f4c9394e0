//! The Secret Service of the desktop session (GNOME Keyring, KWallet), over its bus.

use std::sync::Arc;

use keyring_core::CredentialStore;

/// Opens the store. It may block, so it is called off the async threads.
///
/// # Errors
/// What the system says if it has none.
pub fn open() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}
