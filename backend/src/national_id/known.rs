//! What is known of the provider: its endpoints and its keys, each asked for once in a while.

use std::sync::{Arc, PoisonError};

use citizen_contract::profile::origin;
use citizen_contract::time::UtcMillis;
use openidconnect::core::CoreJsonWebKeySet;
use serde::Deserialize;

use super::fetch::ask;
use super::{National, NationalError};

/// How long endpoints and keys are believed.
const FRESH_MS: i64 = 60 * 60 * 1000;
/// A key that is not listed makes us ask again this often at most, so that forged tokens cannot.
const AGAIN_MS: i64 = 60 * 1000;

/// Where the provider does what (OpenID Connect Discovery 1.0).
#[derive(Deserialize)]
pub(super) struct Endpoints {
    issuer: String,
    pub(super) authorization_endpoint: String,
    pub(super) token_endpoint: String,
    jwks_uri: String,
}

/// Kept in memory only.
#[derive(Default)]
pub(super) struct Known {
    endpoints: Option<(Arc<Endpoints>, UtcMillis)>,
    keys: Option<(Arc<CoreJsonWebKeySet>, UtcMillis)>,
    asked_again: Option<UtcMillis>,
}

impl National {
    fn known<T>(&self, look: impl FnOnce(&mut Known) -> T) -> T {
        look(&mut self.known.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Its endpoints.
    pub(super) async fn endpoints(&self, now: UtcMillis) -> Result<Arc<Endpoints>, NationalError> {
        if let Some(endpoints) = self.known(|known| fresh(&known.endpoints, now)) {
            return Ok(endpoints);
        }
        let address = format!("{}/.well-known/openid-configuration", self.facts.issuer);
        let endpoints: Endpoints = ask(self.client.get(address)).await?.read()?;
        if !self.trusts(&endpoints) {
            // An operator's mistake, or somebody else's answer.
            tracing::error!("the national identification describes itself otherwise than the profile");
            return Err(NationalError::Unavailable);
        }
        let endpoints = Arc::new(endpoints);
        self.known(|known| known.endpoints = Some((endpoints.clone(), now)));
        Ok(endpoints)
    }

    fn trusts(&self, endpoints: &Endpoints) -> bool {
        let safe = |address: &str| {
            // On a loopback issuer everything may be; otherwise nothing but https.
            origin(address).is_some_and(|at| at.starts_with("https://") || self.facts.is_loopback())
        };
        endpoints.issuer == self.facts.issuer
            && origin(&endpoints.authorization_endpoint) == Some(self.facts.origin())
            && safe(&endpoints.token_endpoint)
            && safe(&endpoints.jwks_uri)
    }

    /// Its keys.
    pub(super) async fn keys(&self, now: UtcMillis) -> Result<Arc<CoreJsonWebKeySet>, NationalError> {
        match self.known(|known| fresh(&known.keys, now)) {
            Some(keys) => Ok(keys),
            None => self.fetch_keys(now).await,
        }
    }

    /// Its keys, asked for anew because one was missing; none if that was done a moment ago.
    pub(super) async fn newer_keys(
        &self,
        now: UtcMillis,
    ) -> Result<Option<Arc<CoreJsonWebKeySet>>, NationalError> {
        let may = self.known(|known| {
            let may = known.asked_again.is_none_or(|at| now.0.saturating_sub(at.0) >= AGAIN_MS);
            if may {
                known.asked_again = Some(now);
            }
            may
        });
        if may { self.fetch_keys(now).await.map(Some) } else { Ok(None) }
    }

    async fn fetch_keys(&self, now: UtcMillis) -> Result<Arc<CoreJsonWebKeySet>, NationalError> {
        let endpoints = self.endpoints(now).await?;
        let keys: CoreJsonWebKeySet = ask(self.client.get(&endpoints.jwks_uri)).await?.read()?;
        let keys = Arc::new(keys);
        self.known(|known| known.keys = Some((keys.clone(), now)));
        Ok(keys)
    }
}

fn fresh<T>(kept: &Option<(Arc<T>, UtcMillis)>, now: UtcMillis) -> Option<Arc<T>> {
    let (value, at) = kept.as_ref()?;
    (now.0.saturating_sub(at.0) < FRESH_MS).then(|| value.clone())
}
