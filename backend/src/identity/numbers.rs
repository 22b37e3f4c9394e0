//! The keys of a deployment under which citizen-ID numbers are looked up and sealed.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use citizen_contract::citizen_id::CitizenId;
use citizen_contract::ids::{AccountId, ChallengeId};
use citizen_contract::phone::Phone;
use citizen_contract::working_time::CivilDate;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroize;

use super::account::sealed_as;
use super::origin::{DeviceMark, Origin, OriginHash};
use crate::clock::{Random, random_bytes};

/// Two keys: one finds an account by its number, one hides the number.
///
/// There are few enough numbers to try them all, so that a plain hash would hide nothing: whoever
/// holds the database alone can neither find nor read a number.
pub struct NumberKeys {
    lookup: [u8; 32],
    sealing: [u8; 32],
}

impl NumberKeys {
    /// How many bytes [`NumberKeys::from_bytes`] takes.
    pub const LENGTH: usize = 64;

    /// Both keys from the bytes of the deployment's key file.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; Self::LENGTH]) -> Self {
        let mut keys = Self { lookup: [0; 32], sealing: [0; 32] };
        for (key, byte) in keys.lookup.iter_mut().chain(&mut keys.sealing).zip(bytes) {
            *key = *byte;
        }
        keys
    }

    /// The keyed hash that finds an account: HMAC-SHA-256.
    #[must_use]
    pub fn lookup_hash(&self, number: &CitizenId) -> [u8; 32] {
        self.mac(number.reveal())
    }

    /// The keyed hash of the network that somebody tries a number from. It is another one for each
    /// number, so that nobody can tell whose people live together.
    #[must_use]
    pub fn origin_hash(&self, number: &CitizenId, origin: Origin) -> OriginHash {
        self.mac(&format!("origin {} {}", number.reveal(), origin.text()))
    }

    /// The keyed hash of a network that asks for codes. It is another one each day, so that nobody can
    /// follow a network for longer.
    #[must_use]
    pub fn network_hash(&self, origin: Origin, day: CivilDate) -> [u8; 32] {
        self.mac(&format!("network {day} {}", origin.text()))
    }

    /// The keyed hash of an installation that asks for codes, of one day only.
    #[must_use]
    pub fn device_hash(&self, device: DeviceMark, day: CivilDate) -> [u8; 32] {
        self.mac(&format!("device {day} {}", hex::encode(device)))
    }

    /// The keyed hash of a phone.
    #[must_use]
    pub fn phone_hash(&self, phone: &Phone) -> [u8; 32] {
        self.mac(&format!("phone {}", phone.e164()))
    }

    /// The keyed hash of a code, bound to its challenge: there are only a million codes.
    #[must_use]
    pub fn code_hash(&self, challenge: ChallengeId, code: &str) -> [u8; 32] {
        self.mac(&format!("code {challenge} {code}"))
    }

    /// The keyed hash of a recovery code, bound to its account.
    #[must_use]
    pub fn recovery_hash(&self, account: AccountId, code: &str) -> [u8; 32] {
        self.mac(&format!("recovery {account} {code}"))
    }

    fn mac(&self, text: &str) -> [u8; 32] {
        // HMAC takes a key of any length; this cannot fail, and an unkeyed hash must never stand in.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.lookup) else { return [0; 32] };
        mac.update(text.as_bytes());
        mac.finalize().into_bytes().into()
    }

    /// Encrypts a number for the row of one account; see [`NumberKeys::seal_text`].
    #[must_use]
    pub fn seal(&self, number: &CitizenId, account: AccountId, random: &dyn Random) -> Option<Vec<u8>> {
        self.seal_text(number.reveal(), account.0.as_bytes(), random)
    }

    /// Reads a sealed number. Seeing one whole is an act to be audited by the caller.
    #[must_use]
    pub fn unseal(&self, sealed: &[u8], account: AccountId) -> Option<CitizenId> {
        CitizenId::parse(&self.unseal_text(sealed, account.0.as_bytes())?).ok()
    }

    /// Reads the sealed phone of an account: E.164.
    #[must_use]
    pub fn unseal_phone(&self, sealed: &[u8], account: AccountId) -> Option<String> {
        self.unseal_text(sealed, &sealed_as(account, "phone"))
    }

    /// Encrypts a text for one row, named by its id and what the text is: nonce, then
    /// ChaCha20-Poly1305. Moved to another row it cannot be read.
    #[must_use]
    pub fn seal_text(&self, text: &str, row: &[u8], random: &dyn Random) -> Option<Vec<u8>> {
        let nonce: [u8; 12] = random_bytes(random);
        let payload = Payload { msg: text.as_bytes(), aad: row };
        let sealed = self.cipher().encrypt(&Nonce::from(nonce), payload).ok()?;
        Some([nonce.as_slice(), &sealed].concat())
    }

    /// Reads what [`NumberKeys::seal_text`] made for the same row.
    #[must_use]
    pub fn unseal_text(&self, sealed: &[u8], row: &[u8]) -> Option<String> {
        let (nonce, sealed) = sealed.split_at_checked(12)?;
        let nonce: [u8; 12] = nonce.try_into().ok()?;
        let plain = self.cipher().decrypt(&Nonce::from(nonce), Payload { msg: sealed, aad: row }).ok()?;
        String::from_utf8(plain).ok()
    }

    fn cipher(&self) -> ChaCha20Poly1305 {
        ChaCha20Poly1305::new(&Key::from(self.sealing))
    }
}

impl Drop for NumberKeys {
    fn drop(&mut self) {
        self.lookup.zeroize();
        self.sealing.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemRandom;

    #[test]
    fn a_sealed_number_is_read_for_its_own_account_only() {
        let keys = NumberKeys::from_bytes(&[7; 64]);
        let number = CitizenId::parse("031090000001").unwrap();
        let account = AccountId("018e9a4e-8a00-7000-8000-000000000001".parse().unwrap());
        let other = AccountId("018e9a4e-8a00-7000-8000-000000000002".parse().unwrap());
        let sealed = keys.seal(&number, account, &SystemRandom).unwrap();
        assert_eq!(keys.unseal(&sealed, account), Some(number.clone()));
        assert_eq!(keys.unseal(&sealed, other), None);
        assert_ne!(keys.seal(&number, account, &SystemRandom).unwrap(), sealed);
    }

    #[test]
    fn a_code_is_hashed_for_one_challenge() {
        let keys = NumberKeys::from_bytes(&[7; 64]);
        let [one, other] = ["018e9a4e-8a00-7000-8000-000000000001", "018e9a4e-8a00-7000-8000-000000000002"]
            .map(|id| id.parse::<ChallengeId>().unwrap());
        assert_eq!(keys.code_hash(one, "012345"), keys.code_hash(one, "012345"));
        assert_ne!(keys.code_hash(one, "012345"), keys.code_hash(other, "012345"));
        assert_ne!(keys.code_hash(one, "012345"), keys.code_hash(one, "012346"));
    }

    #[test]
    fn the_lookup_hash_depends_on_the_deployment() {
        let number = CitizenId::parse("031090000001").unwrap();
        let here = NumberKeys::from_bytes(&[7; 64]).lookup_hash(&number);
        assert_eq!(here, NumberKeys::from_bytes(&[7; 64]).lookup_hash(&number));
        assert_ne!(here, NumberKeys::from_bytes(&[8; 64]).lookup_hash(&number));
    }
}
