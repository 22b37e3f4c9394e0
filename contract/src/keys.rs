//! The list of signing keys, signed by the root key that the deployment file pins.

use ed25519_dalek::VerifyingKey;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::signed::{Purpose, SignatureError, Signed, decode_key};
use crate::time::UtcMillis;

/// The payload of `GET /v1/keys`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct KeyList {
    /// When the root signed the list; a client never goes back to an older one.
    pub issued_at: UtcMillis,
    /// All keys that ever signed receipts; retired ones stay listed.
    pub keys: Vec<SigningKeyEntry>,
}

/// One key of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct SigningKeyEntry {
    /// See [`crate::signed::key_id`].
    pub key_id: String,
    /// Ed25519 public key in base64.
    pub public_key: String,
    /// From when it signs.
    pub valid_from: UtcMillis,
    /// Until when it signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub retired_at: Option<UtcMillis>,
}

impl KeyList {
    /// Opens a list that the pinned root key signed.
    ///
    /// # Errors
    /// [`SignatureError`] if the root did not sign this text.
    pub fn open(signed: &Signed, root: &VerifyingKey) -> Result<Self, SignatureError> {
        signed.open(Purpose::KeyList, root)
    }

    /// The public key with this id.
    ///
    /// # Errors
    /// [`SignatureError::OtherKey`] if the list does not name it.
    pub fn find(&self, key_id: &str) -> Result<VerifyingKey, SignatureError> {
        let entry = self.keys.iter().find(|entry| entry.key_id == key_id).ok_or(SignatureError::OtherKey)?;
        decode_key(&entry.public_key)
    }
}
