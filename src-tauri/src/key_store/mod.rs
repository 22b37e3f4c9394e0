//! Where secrets of this device are kept: one implementation of the core's `KeyStore` over the
//! operating system's store, with one small file per system that opens it.
//!
//! To support another system, add a file with `open()` and name it below.

pub mod instance;
mod system;

#[cfg(target_os = "android")]
#[path = "android.rs"]
mod native;
#[cfg(target_os = "ios")]
#[path = "ios.rs"]
mod native;
#[cfg(target_os = "linux")]
#[path = "linux.rs"]
mod native;
#[cfg(target_os = "macos")]
#[path = "macos.rs"]
mod native;
#[cfg(target_os = "windows")]
#[path = "windows.rs"]
mod native;

use std::sync::Arc;

use citizen_core::ports::{KeyStore, MemoryKeyStore};

use crate::arguments::KeyStoreChoice;

/// The key store that was asked for. Nothing is opened before the first use.
#[must_use]
pub fn choose(choice: KeyStoreChoice) -> Arc<dyn KeyStore> {
    match choice {
        KeyStoreChoice::System => Arc::new(system::SystemKeyStore::new(native::open)),
        KeyStoreChoice::Session => Arc::new(MemoryKeyStore::default()),
    }
}
