//! The ID token: everything that OpenID Connect Core §3.1.3.7 asks to be checked, then the number.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{DateTime, Utc};
use citizen_contract::citizen_id::CitizenId;
use citizen_contract::profile::{NationalId, SignedBy};
use citizen_contract::time::UtcMillis;
use openidconnect::core::{
    CoreGenderClaim, CoreJsonWebKeySet, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm,
};
use openidconnect::{
    AdditionalClaims, ClaimsVerificationError, ClientId, IdToken, IdTokenVerifier, IssuerUrl, Nonce,
    SignatureVerificationError,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Why;

/// How far two clocks may be apart.
const SKEW_MS: i64 = 60 * 1000;
/// How old a token may be: it is made when the code is changed for it.
const OLDEST_MS: i64 = 10 * 60 * 1000;
/// No ID token is longer.
const LONGEST: usize = 16 * 1024;

/// What is to be said of a token that gives no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The key is not among those that we hold.
    UnknownKey,
    /// It proves nothing.
    Refused(Why),
}

/// Whatever else a token says. Its `Debug` shows nothing.
#[derive(Deserialize, Serialize)]
struct Claims(BTreeMap<String, Value>);

impl fmt::Debug for Claims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Claims")
    }
}

impl AdditionalClaims for Claims {}

type Token = IdToken<Claims, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm>;

/// The number in a token that stands every check.
pub(super) fn number(
    facts: &NationalId,
    text: &str,
    keys: &CoreJsonWebKeySet,
    nonce: &str,
    now: UtcMillis,
) -> Result<CitizenId, Verdict> {
    let refused = Verdict::Refused;
    if text.len() > LONGEST {
        return Err(refused(Why::Token));
    }
    let token: Token = text.parse().map_err(|_| refused(Why::Token))?;
    let client = ClientId::new(facts.client_id.clone());
    let issuer = IssuerUrl::new(facts.issuer.clone()).map_err(|_| refused(Why::Issuer))?;
    let (newest, oldest) = (moment(now, SKEW_MS), moment(now, -OLDEST_MS - SKEW_MS));
    let verifier = IdTokenVerifier::new_public_client(client.clone(), issuer, keys.clone())
        .set_allowed_algs(facts.algorithms.iter().map(|one| algorithm(*one)))
        .set_time_fn(move || moment(now, -SKEW_MS))
        .set_issue_time_verifier_fn(move |at| {
            if (oldest..=newest).contains(&at) { Ok(()) } else { Err("another time".to_owned()) }
        });
    let claims = token.claims(&verifier, &Nonce::new(nonce.to_owned())).map_err(|error| verdict(&error))?;
    // The library leaves this one to us: a token that was made for another party is not for us.
    if claims.authorized_party().is_some_and(|party| *party != client) {
        return Err(refused(Why::Audience));
    }
    let number = match facts.number_claim.as_str() {
        "sub" => Some(claims.subject().as_str()),
        name => claims.additional_claims().0.get(name).and_then(Value::as_str),
    };
    number.and_then(|number| CitizenId::parse(number).ok()).ok_or(refused(Why::Number))
}

/// The library's own words name claims and values; only the kind is kept.
fn verdict(error: &ClaimsVerificationError) -> Verdict {
    use SignatureVerificationError as Signature;
    Verdict::Refused(match error {
        ClaimsVerificationError::SignatureVerification(Signature::NoMatchingKey) => {
            return Verdict::UnknownKey;
        }
        ClaimsVerificationError::SignatureVerification(
            Signature::DisallowedAlg(_) | Signature::NoSignature | Signature::UnsupportedAlg(_),
        ) => Why::Algorithm,
        ClaimsVerificationError::SignatureVerification(_) => Why::Signature,
        ClaimsVerificationError::Expired(_) => Why::Time,
        ClaimsVerificationError::InvalidAudience(_) => Why::Audience,
        ClaimsVerificationError::InvalidIssuer(_) => Why::Issuer,
        ClaimsVerificationError::InvalidNonce(_) => Why::Nonce,
        _ => Why::Token,
    })
}

fn algorithm(one: SignedBy) -> CoreJwsSigningAlgorithm {
    match one {
        SignedBy::Rs256 => CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
        SignedBy::Ps256 => CoreJwsSigningAlgorithm::RsaSsaPssSha256,
        SignedBy::Es256 => CoreJwsSigningAlgorithm::EcdsaP256Sha256,
        SignedBy::EdDsa => CoreJwsSigningAlgorithm::EdDsa,
    }
}

fn moment(now: UtcMillis, later_ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(now.0.saturating_add(later_ms)).unwrap_or_default()
}
