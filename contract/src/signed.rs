//! Exact text with an Ed25519 signature (RFC 8032) over its UTF-8 bytes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Text that somebody signed. Verify before parsing, and parse only what was verified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct Signed {
    /// The exact text.
    pub payload: String,
    /// Which key signed; see [`key_id`].
    pub key_id: String,
    /// The signature in standard base64 with padding.
    pub signature: String,
}

/// Why signed text is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// Another key signed; fetching the key list may help.
    #[error("signed with another key")]
    OtherKey,
    /// The signature does not fit the text.
    #[error("the signature does not fit the text")]
    Forged,
    /// The signature fits, but the text is not of the expected shape.
    #[error("the signed text has an unexpected shape")]
    Shape,
    /// A public key is not 32 bytes of base64 that name a point.
    #[error("not a public key")]
    Key,
}

/// A domain in front of the text, so that a signature for one purpose never serves another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A receipt for a command.
    Receipt,
    /// The list of keys, signed by the root.
    KeyList,
    /// A checkpoint over the event chains.
    Checkpoint,
    /// A checkpoint over the audit log.
    AuditCheckpoint,
}

impl Purpose {
    fn message(self, payload: &str) -> Vec<u8> {
        let domain = match self {
            Self::Receipt => "citizen-receipt-v1\n",
            Self::KeyList => "citizen-keys-v1\n",
            Self::Checkpoint => "citizen-checkpoint-v1\n",
            Self::AuditCheckpoint => "citizen-audit-v1\n",
        };
        [domain.as_bytes(), payload.as_bytes()].concat()
    }
}

/// The id of a public key: the first 16 hexadecimal digits of its SHA-256.
#[must_use]
pub fn key_id(key: &VerifyingKey) -> String {
    crate::hash::ContentHash::of(key.as_bytes()).as_str().chars().take(16).collect()
}

/// A public key as standard base64.
#[must_use]
pub fn encode_key(key: &VerifyingKey) -> String {
    BASE64.encode(key.as_bytes())
}

/// Reads a public key from standard base64.
///
/// # Errors
/// [`SignatureError::Key`] if it is none.
pub fn decode_key(text: &str) -> Result<VerifyingKey, SignatureError> {
    let bytes = BASE64.decode(text).map_err(|_| SignatureError::Key)?;
    let bytes: [u8; 32] = bytes.try_into().map_err(|_| SignatureError::Key)?;
    VerifyingKey::from_bytes(&bytes).map_err(|_| SignatureError::Key)
}

impl Signed {
    /// Signs `payload` for `purpose`.
    #[must_use]
    pub fn sign(purpose: Purpose, payload: String, key: &SigningKey) -> Self {
        let signature = BASE64.encode(key.sign(&purpose.message(&payload)).to_bytes());
        Self { payload, key_id: key_id(&key.verifying_key()), signature }
    }

    /// Checks the signature and reads the text.
    ///
    /// # Errors
    /// [`SignatureError`] if another key signed, the signature does not fit, or the text does not parse.
    pub fn open<T: DeserializeOwned>(
        &self,
        purpose: Purpose,
        key: &VerifyingKey,
    ) -> Result<T, SignatureError> {
        if self.key_id != key_id(key) {
            return Err(SignatureError::OtherKey);
        }
        let bytes = BASE64.decode(&self.signature).map_err(|_| SignatureError::Forged)?;
        let signature = Signature::from_slice(&bytes).map_err(|_| SignatureError::Forged)?;
        key.verify_strict(&purpose.message(&self.payload), &signature).map_err(|_| SignatureError::Forged)?;
        serde_json::from_str(&self.payload).map_err(|_| SignatureError::Shape)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_text_a_foreign_key_and_another_purpose_are_refused() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let signed = Signed::sign(Purpose::Receipt, "\"TN-000001\"".to_owned(), &key);
        let public = key.verifying_key();
        assert_eq!(signed.open::<String>(Purpose::Receipt, &public).as_deref(), Ok("TN-000001"));
        assert_eq!(signed.open::<String>(Purpose::KeyList, &public), Err(SignatureError::Forged));
        let other = SigningKey::from_bytes(&[8; 32]).verifying_key();
        assert_eq!(signed.open::<String>(Purpose::Receipt, &other), Err(SignatureError::OtherKey));
        let changed = Signed { payload: "\"TN-000002\"".to_owned(), ..signed };
        assert_eq!(changed.open::<String>(Purpose::Receipt, &public), Err(SignatureError::Forged));
    }
}
