//! Tokens that no real provider would issue.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer as _, SigningKey};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;

/// How a token is made instead of the real one.
#[derive(Debug, Clone)]
pub struct Forgery {
    /// Claims that replace the real ones; null takes one away.
    pub claims: Value,
    /// How it is signed.
    pub signed: Signed,
}

/// How a forged token is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signed {
    /// With a key of this number, which may be among the listed ones.
    Key(u8),
    /// Not at all.
    None,
    /// HS256, with the public key of this number as the secret.
    PublicKeyAsSecret(u8),
}

impl Forgery {
    /// The real claims with changes, signed with a key that the proxy lists.
    #[must_use]
    pub fn claims(claims: Value) -> Self {
        Self { claims, signed: Signed::Key(1) }
    }

    /// The real claims, signed so.
    #[must_use]
    pub fn signed(signed: Signed) -> Self {
        Self { claims: json!({}), signed }
    }

    /// A token in place of `real`.
    #[must_use]
    pub fn of(&self, real: &str) -> String {
        let payload = real.split('.').nth(1).and_then(|part| URL_SAFE_NO_PAD.decode(part).ok());
        let mut claims: Value =
            payload.and_then(|json| serde_json::from_slice(&json).ok()).unwrap_or_default();
        for (name, value) in self.claims.as_object().into_iter().flatten() {
            match (claims.as_object_mut(), value) {
                (Some(claims), Value::Null) => drop(claims.remove(name)),
                (Some(claims), value) => drop(claims.insert(name.clone(), value.clone())),
                (None, _) => {}
            }
        }
        let header = match self.signed {
            Signed::Key(number) => json!({ "alg": "EdDSA", "typ": "JWT", "kid": kid(number) }),
            Signed::None => json!({ "alg": "none", "typ": "JWT" }),
            Signed::PublicKeyAsSecret(number) => json!({ "alg": "HS256", "typ": "JWT", "kid": kid(number) }),
        };
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let text = format!("{}.{}", part(&header), part(&claims));
        let signature = match self.signed {
            Signed::Key(number) => key(number).sign(text.as_bytes()).to_bytes().to_vec(),
            Signed::None => Vec::new(),
            Signed::PublicKeyAsSecret(number) => {
                let secret = key(number).verifying_key().to_bytes();
                let mut mac = Hmac::<Sha256>::new_from_slice(&secret).ok();
                if let Some(mac) = &mut mac {
                    mac.update(text.as_bytes());
                }
                mac.map(|mac| mac.finalize().into_bytes().to_vec()).unwrap_or_default()
            }
        };
        format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

/// The public half of a key, as a provider lists it.
#[must_use]
pub(super) fn public_key(number: u8) -> Value {
    let x = URL_SAFE_NO_PAD.encode(key(number).verifying_key().to_bytes());
    json!({ "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": kid(number), "x": x })
}

fn key(number: u8) -> SigningKey {
    SigningKey::from_bytes(&[number; 32])
}

fn kid(number: u8) -> String {
    format!("forged-{number}")
}
