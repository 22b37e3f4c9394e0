//! The national identification: this backend as a relying party of OpenID Connect.
//!
//! Authorization code with PKCE. The verifier stays on the person's device until the end, state and
//! nonce come from here, and of all that the provider tells only the number is read, compared and
//! dropped. Nothing that comes back is in a log: only which check it failed.

mod ask;
mod fetch;
mod known;
mod token;

use std::net::SocketAddr;
use std::sync::Mutex;
use std::time::Duration;

use citizen_contract::profile::NationalId;

use crate::messenger::Secret;
use crate::outbound;
pub use ask::Ask;
use known::Known;

/// How long the provider may take for one answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// Why a proof was refused. For logs and tests: the person is told that it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The provider did not take the code.
    Code,
    /// The answer holds no ID token that can be read.
    Token,
    /// None of its keys made the signature, or none that is listed.
    Signature,
    /// The way it is signed is not allowed.
    Algorithm,
    /// Somebody else issued it.
    Issuer,
    /// It is for somebody else.
    Audience,
    /// It answers another question.
    Nonce,
    /// It is over, or from another time.
    Time,
    /// It holds no number.
    Number,
}

/// Nobody was identified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NationalError {
    /// The provider cannot be reached, or answers what no provider does.
    #[error("the provider does not answer as one")]
    Unavailable,
    /// What the provider gave proves nothing.
    #[error("the proof is refused: {0:?}")]
    Refused(Why),
}

/// The national identification cannot be used as it is described.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NationalSetupError {
    /// Whoever can reach this backend could be sent to a machine of their own.
    #[error("an issuer on http is for trying out: it serves on a loopback address only, not on {0}")]
    InPublic(SocketAddr),
    /// TLS.
    #[error("the HTTP client cannot be set up")]
    Client,
}

/// One provider, and what is known of it.
pub struct National {
    facts: NationalId,
    secret: Secret,
    client: reqwest::Client,
    known: Mutex<Known>,
}

impl National {
    /// The provider that a profile names, for a backend that listens there.
    ///
    /// # Errors
    /// [`NationalSetupError`]
    pub fn new(facts: NationalId, secret: Secret, listen: SocketAddr) -> Result<Self, NationalSetupError> {
        if facts.is_loopback() && !listen.ip().to_canonical().is_loopback() {
            return Err(NationalSetupError::InPublic(listen));
        }
        let client = outbound::client(ANSWER_WITHIN).ok_or(NationalSetupError::Client)?;
        Ok(Self { facts, secret, client, known: Mutex::default() })
    }
}
