//! This device, as it shows itself to the backend, and what it remembers between sign-ins.

use std::sync::Arc;

use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::KeyNames;
use super::birth::Birth;
use crate::ports::{KeyStore, Ports, Secret};
use crate::store::{StoreError, off_thread};

/// This device.
#[derive(Clone, Copy)]
pub struct Here<'a> {
    /// The world.
    pub ports: &'a Ports,
    /// Where secrets are kept.
    pub keys: &'a Arc<dyn KeyStore>,
    /// Under which names.
    pub names: &'a KeyNames,
    /// How the person will recognise it in a list.
    pub device_name: &'a str,
}

/// Who is about to sign in, as typed here. It is kept in memory while a code is waited for.
#[derive(Clone)]
pub(super) struct Person {
    /// Digits only.
    pub citizen_id: Zeroizing<String>,
    pub birth: Option<Birth>,
}

impl Person {
    pub(super) fn of(citizen_id: &str, birth: Option<Birth>) -> Self {
        let digits = citizen_id.chars().filter(|c| !c.is_whitespace()).collect();
        Self { citizen_id: Zeroizing::new(digits), birth }
    }
}

impl Here<'_> {
    /// What lets `person` sign in here without a code, if an earlier sign-in left it.
    pub(super) async fn device_token(&self, person: &Person) -> Result<Option<Secret>, StoreError> {
        let (keys, name) = (self.keys.clone(), self.device_entry(person).await?);
        off_thread(move || Ok(keys.get(&name)?)).await
    }

    pub(super) async fn keep_device_token(&self, person: &Person, token: String) -> Result<(), StoreError> {
        let token = Zeroizing::new(token.into_bytes());
        let (keys, name) = (self.keys.clone(), self.device_entry(person).await?);
        off_thread(move || Ok(keys.set(&name, &token)?)).await
    }

    /// What this installation calls itself when it asks for codes, so that a broken one is stopped
    /// before its whole network is. 32 hexadecimal digits that lead back to nothing.
    pub(crate) async fn mark(&self) -> Result<String, StoreError> {
        let secret = self.number_secret().await?;
        let digest = Sha256::new().chain_update(b"citizen-device-v1\n").chain_update(secret.as_slice());
        Ok(hex::encode(digest.finalize().get(..16).unwrap_or_default()))
    }

    /// The name of the entry says nothing to who can list names: it is made with a secret that only
    /// the key store holds, because the few digits of a number could be guessed from a plain hash.
    async fn device_entry(&self, person: &Person) -> Result<String, StoreError> {
        let secret = self.number_secret().await?;
        let digest = Sha256::new()
            .chain_update(secret.as_slice())
            .chain_update(person.citizen_id.as_bytes())
            .finalize();
        let tag = hex::encode(digest.get(..16).unwrap_or_default());
        Ok(self.names.known_device(&tag))
    }

    async fn number_secret(&self) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        let (keys, name) = (self.keys.clone(), self.names.number_secret());
        let fresh = Zeroizing::new(self.ports.random.bytes::<32>());
        off_thread(move || match keys.get(&name)? {
            Some(secret) => Ok::<_, StoreError>(secret),
            None => {
                keys.set(&name, fresh.as_slice())?;
                Ok(Zeroizing::new(fresh.to_vec()))
            }
        })
        .await
    }
}
