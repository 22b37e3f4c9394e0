//! Opaque tokens: a session's id and a 256-bit secret, in URL-safe base64.
//!
//! The id finds the row without an index over secrets, and tells a used-up refresh token from a
//! made-up one: ids are never shown anywhere else.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use sha2::{Digest, Sha256};
use zeroize::Zeroize;

use crate::clock::{Random, random_bytes};

/// A session's id.
pub(super) type SessionId = [u8; 16];

/// A token in the clear. Its `Debug` shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    session: SessionId,
    secret: [u8; 32],
}

impl Token {
    /// A new token of a session.
    pub(super) fn draw(session: SessionId, random: &dyn Random) -> Self {
        Self { session, secret: random_bytes(random) }
    }

    /// Reads a token as a client sends it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; 48] = URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?;
        let (session, secret) = bytes.split_at(16);
        Some(Self { session: session.try_into().ok()?, secret: secret.try_into().ok()? })
    }

    /// The token as a client gets it.
    #[must_use]
    pub fn reveal(&self) -> String {
        URL_SAFE_NO_PAD.encode([self.session.as_slice(), &self.secret].concat())
    }

    pub(super) fn session(&self) -> SessionId {
        self.session
    }

    /// What the database keeps. A secret of 256 random bits needs no slow hash.
    pub(super) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.secret).into()
    }

    /// Encrypts `text` so that only a holder of this token reads it. Used once a token, so that the
    /// nonce may stand still.
    pub(super) fn seal(&self, text: &[u8]) -> Option<Vec<u8>> {
        self.cipher().encrypt(&Nonce::default(), text).ok()
    }

    /// Decrypts what [`Token::seal`] made.
    pub(super) fn unseal(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        self.cipher().decrypt(&Nonce::default(), sealed).ok()
    }

    fn cipher(&self) -> ChaCha20Poly1305 {
        let key: [u8; 32] =
            Sha256::new().chain_update(b"citizen-successor-v1\n").chain_update(self.secret).finalize().into();
        ChaCha20Poly1305::new(&Key::from(key))
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token { .. }")
    }
}

impl Drop for Token {
    fn drop(&mut self) {
        self.secret.zeroize();
    }
}

/// Whether two hashes are equal, in a time that does not depend on where they differ.
pub(super) fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |seen, (a, b)| seen | (a ^ b)) == 0
}
