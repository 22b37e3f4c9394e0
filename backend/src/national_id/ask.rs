//! The way there and back: the address that a browser opens, and the number that the code brings.

use citizen_contract::citizen_id::CitizenId;
use citizen_contract::time::UtcMillis;
use reqwest::Url;
use serde::Deserialize;

use super::fetch::ask;
use super::token::{self, Verdict};
use super::{National, NationalError, Why};

/// What belongs to one attempt. Its `Debug` shows nothing.
#[derive(Clone)]
pub struct Ask {
    /// Where the browser goes afterwards.
    pub redirect_uri: String,
    /// Comes back with the code.
    pub state: String,
    /// Comes back in the token.
    pub nonce: String,
    /// SHA-256 of the verifier, in URL-safe base64.
    pub code_challenge: String,
}

impl std::fmt::Debug for Ask {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ask { .. }")
    }
}

#[derive(Deserialize)]
struct Tokens {
    id_token: String,
}

impl National {
    /// Where the person's browser goes.
    ///
    /// # Errors
    /// [`NationalError::Unavailable`]
    pub async fn address(&self, attempt: &Ask, now: UtcMillis) -> Result<String, NationalError> {
        let endpoints = self.endpoints(now).await?;
        let mut address =
            Url::parse(&endpoints.authorization_endpoint).map_err(|_| NationalError::Unavailable)?;
        address
            .query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.facts.client_id)
            .append_pair("redirect_uri", &attempt.redirect_uri)
            .append_pair("scope", &self.facts.scopes.join(" "))
            .append_pair("state", &attempt.state)
            .append_pair("nonce", &attempt.nonce)
            .append_pair("code_challenge", &attempt.code_challenge)
            .append_pair("code_challenge_method", "S256");
        Ok(address.into())
    }

    /// Changes the code for an ID token, checks it and reads the number out of it.
    ///
    /// # Errors
    /// [`NationalError`]
    pub async fn number(
        &self,
        attempt: &Ask,
        code: &str,
        verifier: &str,
        now: UtcMillis,
    ) -> Result<CitizenId, NationalError> {
        let id_token = self.exchange(attempt, code, verifier, now).await?;
        let check = |keys: &_| token::number(&self.facts, &id_token, keys, &attempt.nonce, now);
        match check(self.keys(now).await?.as_ref()) {
            Ok(number) => Ok(number),
            Err(Verdict::Refused(why)) => Err(NationalError::Refused(why)),
            Err(Verdict::UnknownKey) => {
                // Keys are changed from time to time.
                let newer = self.newer_keys(now).await?;
                let refused = NationalError::Refused(Why::Signature);
                check(newer.ok_or(refused)?.as_ref()).map_err(|verdict| match verdict {
                    Verdict::Refused(why) => NationalError::Refused(why),
                    Verdict::UnknownKey => refused,
                })
            }
        }
    }

    async fn exchange(
        &self,
        attempt: &Ask,
        code: &str,
        verifier: &str,
        now: UtcMillis,
    ) -> Result<String, NationalError> {
        let endpoints = self.endpoints(now).await?;
        let mut form = Url::parse("form:///").map_err(|_| NationalError::Unavailable)?;
        form.query_pairs_mut()
            .append_pair("grant_type", "authorization_code")
            .append_pair("code", code)
            .append_pair("redirect_uri", &attempt.redirect_uri)
            .append_pair("code_verifier", verifier)
            .append_pair("client_id", &self.facts.client_id);
        let mut request = self
            .client
            .post(&endpoints.token_endpoint)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("accept", "application/json")
            .body(form.query().unwrap_or_default().to_owned());
        if !self.secret.is_empty() {
            request = request.basic_auth(encoded(&self.facts.client_id), Some(encoded(self.secret.reveal())));
        }
        let answer = ask(request).await?;
        if answer.status.is_client_error() && answer.status.as_u16() != 429 {
            return Err(NationalError::Refused(Why::Code));
        }
        Ok(answer.read::<Tokens>()?.id_token)
    }
}

/// As RFC 6749 §2.3.1 wants it inside HTTP's basic authentication.
fn encoded(text: &str) -> String {
    let Ok(mut form) = Url::parse("form:///") else { return String::new() };
    form.query_pairs_mut().append_key_only(text);
    form.query().unwrap_or_default().to_owned()
}
