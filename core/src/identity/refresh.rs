//! Refreshing: once for everybody who waits, and with the same token again if the answer was lost.

use citizen_contract::problem::ProblemCode;
use citizen_contract::session::{Refresh, SessionGrant};

use super::{KeptSession, Session};
use crate::outbox::{Retry, retry};
use crate::ports::{Request, Secret};
use crate::store::StoreError;

/// What became of the session.
#[derive(Debug, PartialEq, Eq)]
pub enum Refreshed {
    /// There is a token that is worth a try.
    Ready,
    /// The backend was not reached; the same refresh token is used next time.
    Waits(Retry),
    /// The backend ended the session.
    Ended,
}

impl Session {
    /// The backend did not accept `refused`: gets a new token, unless somebody else just did.
    ///
    /// # Errors
    /// [`StoreError`] if the request cannot be written.
    pub async fn refresh(&self, refused: &Secret) -> Result<Refreshed, StoreError> {
        // Holding the lock over the request is the single flight: who waits finds the new token.
        let mut kept = self.kept.lock().await;
        if kept.ended {
            return Ok(Refreshed::Ended);
        }
        if kept.access_token.as_bytes() != refused.as_slice() {
            return Ok(Refreshed::Ready);
        }
        let body = serde_json::to_vec(&Refresh { refresh_token: kept.refresh_token.clone() })?;
        let answer = match self.ports.transport.send(Request::post_json("/v1/sessions/refresh", body)).await {
            Ok(answer) => answer,
            Err(error) => return Ok(Refreshed::Waits(retry::of_transport(error))),
        };
        match retry::of_answer(&answer) {
            Ok(()) => {}
            Err(gate @ (Retry::Login | Retry::Final(_))) => {
                kept.ended = true;
                kept.erased =
                    matches!(&gate, Retry::Final(problem) if problem.code == ProblemCode::AccountErased);
                self.keep(&kept).await;
                return Ok(Refreshed::Ended);
            }
            Err(wait) => return Ok(Refreshed::Waits(wait)),
        }
        let Ok(grant) = serde_json::from_slice::<SessionGrant>(&answer.body) else {
            return Ok(Refreshed::Waits(Retry::Offline));
        };
        if grant.account.id != kept.account.id {
            // A session never turns into somebody else's.
            return Ok(Refreshed::Waits(Retry::Offline));
        }
        *kept = KeptSession::of(grant, kept.masked_number.clone(), kept.birth);
        self.keep(&kept).await;
        Ok(Refreshed::Ready)
    }
}
