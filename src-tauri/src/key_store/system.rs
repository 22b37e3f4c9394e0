//! The core's `KeyStore` over the operating system's store.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use citizen_core::ports::{KeyStore, KeyStoreError, Secret};
use keyring_core::{CredentialStore, Entry, Error};
use zeroize::Zeroizing;

/// Under this name the app's entries are found in the system's own key store program.
const SERVICE: &str = "vn.gov.haiphong.thuynguyen.smart";

/// A run in the background must be able to read them while the screen is locked, and a copy of this device
/// on another one must not.
#[cfg(target_os = "ios")]
const HOW_KEPT: [(&str, &str); 1] = [("access-policy", "after-first-unlock-this-device-only")];
/// As the system keeps secrets usually.
#[cfg(not(target_os = "ios"))]
const HOW_KEPT: [(&str, &str); 0] = [];

type Open = fn() -> keyring_core::Result<Arc<CredentialStore>>;

/// Entries in the operating system's key store, which is opened at the first use.
pub struct SystemKeyStore {
    open: Open,
    /// Only a success is kept: a store that was locked may be open the next time.
    opened: Mutex<Option<Arc<CredentialStore>>>,
}

impl SystemKeyStore {
    /// A store that `open` will open.
    pub fn new(open: Open) -> Self {
        Self { open, opened: Mutex::default() }
    }

    fn entry(&self, name: &str) -> Result<Entry, KeyStoreError> {
        let store = {
            let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
            if opened.is_none() {
                *opened = (self.open)().inspect_err(note).ok();
            }
            opened.clone().ok_or(KeyStoreError::Unavailable)?
        };
        store.build(SERVICE, name, Some(&HashMap::from(HOW_KEPT))).map_err(|error| told(&error))
    }
}

impl KeyStore for SystemKeyStore {
    fn get(&self, name: &str) -> Result<Option<Secret>, KeyStoreError> {
        match self.entry(name)?.get_password() {
            Ok(text) => hex_bytes(&Zeroizing::new(text)).map(Some).ok_or(KeyStoreError::Refused),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(told(&error)),
        }
    }

    fn set(&self, name: &str, secret: &[u8]) -> Result<(), KeyStoreError> {
        // Some stores keep text only, so the bytes are kept as hexadecimal digits.
        let text = hex_text(secret);
        self.entry(name)?.set_password(&text).map_err(|error| told(&error))
    }

    fn delete(&self, name: &str) -> Result<(), KeyStoreError> {
        match self.entry(name)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(told(&error)),
        }
    }
}

/// A system without a key store, or one that stays locked, is "no safe place"; all else is a refusal.
fn told(error: &Error) -> KeyStoreError {
    note(error);
    match error {
        Error::NoStorageAccess(_) | Error::PlatformFailure(_) | Error::NoDefaultStore => {
            KeyStoreError::Unavailable
        }
        _ => KeyStoreError::Refused,
    }
}

/// Logs the kind only: the texts of some kinds carry what was stored.
fn note(error: &Error) {
    let kind = match error {
        Error::NoStorageAccess(_) => "no access",
        Error::PlatformFailure(_) => "platform failure",
        Error::NoDefaultStore => "none",
        Error::Ambiguous(_) => "ambiguous",
        Error::TooLong(..) => "too long",
        _ => "other",
    };
    tracing::warn!(kind, "the key store gave no answer");
}

fn hex_text(bytes: &[u8]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(bytes.len().saturating_mul(2)));
    for byte in bytes {
        for digit in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
        }
    }
    text
}

fn hex_bytes(text: &str) -> Option<Secret> {
    let digits: Option<Zeroizing<Vec<u8>>> = text
        .chars()
        .map(|digit| u8::try_from(digit.to_digit(16)?).ok())
        .collect::<Option<Vec<_>>>()
        .map(Zeroizing::new);
    let digits = digits?;
    let (pairs, rest) = digits.as_chunks::<2>();
    rest.is_empty().then(|| Zeroizing::new(pairs.iter().map(|[high, low]| high << 4 | low).collect()))
}

#[cfg(test)]
mod tests;
