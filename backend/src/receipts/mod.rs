//! The keys of a deployment: the root key vouches for signing keys, which sign receipts.
//!
//! Each deployment makes its own keys at first start; none is in the source tree. The folder holds
//! `root.key`, `signing.key` (32 bytes each) and `keys.json`, the list that the root signed. Retired
//! keys stay listed, because old receipts must still be checked. The root key may be taken off the
//! machine; only a change of keys needs it.

mod files;

use citizen_contract::keys::{KeyList, SigningKeyEntry};
use citizen_contract::outcome::Receipt;
use citizen_contract::signed::{Purpose, SignatureError, Signed, encode_key, key_id};
use citizen_contract::time::UtcMillis;
use ed25519_dalek::SigningKey;
use serde::Serialize;

pub use files::KeyFileError;

/// Signs receipts and checkpoints.
pub struct Signer {
    key: SigningKey,
    root_public: String,
    keys: Signed,
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Signer").field("key_id", &self.keys.key_id).finish_non_exhaustive()
    }
}

impl Signer {
    /// A signer whose keys come from these seeds; the list is signed at once.
    #[must_use]
    pub fn from_seeds(root: &[u8; 32], signing: &[u8; 32], now: UtcMillis) -> Self {
        let (root, key) = (SigningKey::from_bytes(root), SigningKey::from_bytes(signing));
        let keys = sign_list(&root, vec![entry(&key, now)], now);
        Self { key, root_public: encode_key(&root.verifying_key()), keys }
    }

    /// A receipt; equal receipts have equal signatures.
    #[must_use]
    pub fn receipt(&self, receipt: &Receipt) -> Signed {
        self.sign(Purpose::Receipt, receipt)
    }

    /// A checkpoint over the event chains.
    #[must_use]
    pub fn checkpoint<T: Serialize>(&self, checkpoint: &T) -> Signed {
        self.sign(Purpose::Checkpoint, checkpoint)
    }

    /// A checkpoint over the audit log.
    #[must_use]
    pub fn audit_checkpoint<T: Serialize>(&self, checkpoint: &T) -> Signed {
        self.sign(Purpose::AuditCheckpoint, checkpoint)
    }

    /// The list of keys for `GET /v1/keys`.
    #[must_use]
    pub fn keys(&self) -> &Signed {
        &self.keys
    }

    /// The root's public key in base64, which the deployment file pins.
    #[must_use]
    pub fn root_public_key(&self) -> &str {
        &self.root_public
    }

    /// The list, opened with the root's public key.
    ///
    /// # Errors
    /// [`SignatureError`] if the list was not signed by this root.
    pub fn key_list(&self) -> Result<KeyList, SignatureError> {
        KeyList::open(&self.keys, &citizen_contract::signed::decode_key(&self.root_public)?)
    }

    fn sign<T: Serialize>(&self, purpose: Purpose, payload: &T) -> Signed {
        // These types always serialise; an empty text would be refused by every reader.
        Signed::sign(purpose, serde_json::to_string(payload).unwrap_or_default(), &self.key)
    }
}

fn entry(key: &SigningKey, now: UtcMillis) -> SigningKeyEntry {
    let public = key.verifying_key();
    SigningKeyEntry {
        key_id: key_id(&public),
        public_key: encode_key(&public),
        valid_from: now,
        retired_at: None,
    }
}

fn sign_list(root: &SigningKey, keys: Vec<SigningKeyEntry>, now: UtcMillis) -> Signed {
    let list = KeyList { issued_at: now, keys };
    Signed::sign(Purpose::KeyList, serde_json::to_string(&list).unwrap_or_default(), root)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemRandom;

    #[test]
    fn keys_are_made_once_and_a_changed_key_leaves_the_old_one_listed() {
        let folder = tempfile::tempdir().unwrap();
        let first = Signer::open_or_make(folder.path(), UtcMillis(1), &SystemRandom).unwrap();
        let again = Signer::open_or_make(folder.path(), UtcMillis(2), &SystemRandom).unwrap();
        assert_eq!(first.keys(), again.keys());
        assert_eq!(first.root_public_key(), again.root_public_key());

        let next = Signer::change_key(folder.path(), UtcMillis(3), &SystemRandom).unwrap();
        let list = next.key_list().unwrap();
        assert_eq!(list.keys.len(), 2);
        let old = first.checkpoint(&"old");
        let new = next.checkpoint(&"new");
        assert_ne!(old.key_id, new.key_id);
        for signed in [old, new] {
            let key = list.find(&signed.key_id).unwrap();
            assert!(signed.open::<String>(Purpose::Checkpoint, &key).is_ok());
        }
        assert_eq!(list.keys[0].retired_at, Some(UtcMillis(3)));
    }

    #[test]
    #[cfg(unix)]
    fn nobody_else_on_the_machine_reads_a_key() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        Signer::open_or_make(folder.path(), UtcMillis(1), &SystemRandom).unwrap();
        for name in ["root.key", "signing.key"] {
            let mode = std::fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0, "{name}");
        }
    }
}
