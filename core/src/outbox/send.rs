//! Sending: claim, one request, record what became of each command.

use std::sync::Arc;

use citizen_contract::outcome::{CommandBatch, CommandOutcomes, Verdict};
use citizen_contract::signed::Signed;
use citizen_contract::time::UtcMillis;
use ed25519_dalek::VerifyingKey;

use super::claim::{Claimed, Due, claim};
use super::receipts::{self, Checked};
use super::{Backoff, OutboxError, Retry, Waiting, outcome, retry};
use crate::ports::{Phase, Ports, Request, Response, Secret, TransportError};
use crate::store::{Database, off_thread};

/// Sends commands of one account.
#[derive(Clone)]
pub struct Sender {
    /// The account's outbox.
    pub db: Arc<Database>,
    /// The world.
    pub ports: Ports,
    /// The deployment's root key.
    pub root: VerifyingKey,
    /// This sender's name in the lease.
    pub holder: String,
}

/// What one round did.
#[derive(Debug, PartialEq, Eq)]
pub enum Sent {
    /// Nothing was due; look again at this time, if any.
    Idle(Option<UtcMillis>),
    /// Somebody else sends from this outbox until this time.
    Elsewhere(UtcMillis),
    /// Some commands got their outcome.
    Answered,
    /// The batch as a whole was refused: send its commands one by one to find which is to blame.
    Split,
    /// The backend as a whole calls for this; nothing else will fare better now.
    Gated(Retry),
}

impl Sender {
    /// Sends what is due, at most `most` commands.
    ///
    /// # Errors
    /// [`OutboxError::Store`]; what was claimed is claimed again later.
    pub async fn send_due(&self, token: Secret, most: usize) -> Result<Sent, OutboxError> {
        let (db, holder, now) = (self.db.clone(), self.holder.clone(), self.ports.clock.now());
        let claimed = match off_thread(move || claim(&db, &holder, now, most)).await? {
            Due::Now(claimed) => claimed,
            Due::At(at) => return Ok(Sent::Idle(Some(at))),
            Due::Elsewhere(until) => return Ok(Sent::Elsewhere(until)),
            Due::Nothing => return Ok(Sent::Idle(None)),
        };
        self.ports.phases.reached(Phase::Claimed);
        let batch = CommandBatch { commands: claimed.iter().map(|one| one.text.clone()).collect() };
        let request = Request::post_json("/v1/commands", serde_json::to_vec(&batch)?).bearer(token);
        match self.ports.transport.send(request).await {
            Ok(answer) => {
                self.ports.phases.reached(Phase::Answered);
                self.answered(claimed, &answer).await
            }
            Err(error) => {
                // Only a connection that was never made proves that nothing has left.
                let exposed = error != TransportError::Unreachable;
                self.all_wait(claimed, retry::of_transport(error), exposed).await
            }
        }
    }

    async fn answered(&self, claimed: Vec<Claimed>, answer: &Response) -> Result<Sent, OutboxError> {
        match retry::of_answer(answer) {
            Ok(()) => {}
            Err(Retry::Final(_)) if claimed.len() > 1 => {
                let now = self.ports.clock.now();
                for one in &claimed {
                    self.wait(one, Waiting::Later, now, true).await?;
                }
                return Ok(Sent::Split);
            }
            Err(Retry::Final(problem)) => {
                for one in claimed {
                    self.settle_verdict(one, Err(Retry::Final(problem.clone())), None).await?;
                }
                return Ok(Sent::Answered);
            }
            Err(gate) => return self.all_wait(claimed, gate, true).await,
        }
        let Ok(outcomes) = serde_json::from_slice::<CommandOutcomes>(&answer.body) else {
            return self.all_wait(claimed, Retry::Offline, true).await;
        };
        let mut outcomes = outcomes.outcomes.into_iter();
        for one in claimed {
            let verdict = outcomes.next().filter(|it| it.command_id.is_none_or(|id| id == one.id));
            let (decision, receipt) = match verdict.map(|outcome| outcome.verdict) {
                Some(verdict) => (retry::of_verdict(&verdict), receipt(verdict)),
                None => (Err(Retry::Later(None)), None),
            };
            self.settle_verdict(one, decision, receipt).await?;
        }
        Ok(Sent::Answered)
    }

    async fn settle_verdict(
        &self,
        one: Claimed,
        decision: Result<(), Retry>,
        receipt: Option<Signed>,
    ) -> Result<(), OutboxError> {
        match (decision, receipt) {
            (Ok(()), Some(signed)) => self.accepted(one, signed).await,
            (Ok(()), None) => self.wait(&one, Waiting::Later, self.next(&one, None), true).await,
            (Err(Retry::Final(problem)), _) => {
                let db = self.db.clone();
                tracing::info!(command = %one.id, code = problem.code.as_str(), "command refused");
                off_thread(move || outcome::record_refused(&db, one.id, &problem)).await
            }
            (Err(Retry::Login), _) => self.wait(&one, Waiting::Login, UtcMillis(0), false).await,
            (Err(Retry::Later(wish)), _) => {
                self.wait(&one, Waiting::Later, self.next(&one, wish), false).await
            }
            (Err(Retry::Offline), _) => self.wait(&one, Waiting::Offline, self.next(&one, None), true).await,
        }
    }

    async fn accepted(&self, one: Claimed, signed: Signed) -> Result<(), OutboxError> {
        let mut checked = self.check(&one, &signed).await?;
        if matches!(checked, Checked::UnknownKey)
            && let Ok(list) = receipts::fetch_list(self.ports.transport.as_ref()).await
        {
            let (db, root) = (self.db.clone(), self.root);
            off_thread(move || receipts::keep_list(&db, &root, &list)).await?;
            checked = self.check(&one, &signed).await?;
        }
        match checked {
            Checked::Ours(receipt) => {
                let (db, now) = (self.db.clone(), self.ports.clock.now());
                let has_photos =
                    off_thread(move || outcome::record_accepted(&db, one.id, &receipt, &signed, now)).await?;
                self.ports.phases.reached(Phase::ReceiptKept);
                if !has_photos {
                    self.ports.phases.reached(Phase::Settled);
                }
                Ok(())
            }
            Checked::UnknownKey => self.wait(&one, Waiting::Update, self.next(&one, None), true).await,
            Checked::Worthless => {
                tracing::warn!(command = %one.id, "receipt proves nothing");
                self.wait(&one, Waiting::Later, self.next(&one, None), true).await
            }
        }
    }

    async fn check(&self, one: &Claimed, signed: &Signed) -> Result<Checked, OutboxError> {
        let (db, root, one, signed) = (self.db.clone(), self.root, one.clone(), signed.clone());
        off_thread(move || receipts::check(&db, &root, &one, &signed)).await
    }

    async fn all_wait(&self, claimed: Vec<Claimed>, gate: Retry, exposed: bool) -> Result<Sent, OutboxError> {
        for one in &claimed {
            let (waiting, next_at) = match &gate {
                Retry::Login => (Waiting::Login, UtcMillis(0)),
                Retry::Later(wish) => (Waiting::Later, self.next(one, *wish)),
                // The worker's gate waits for the network, for all commands together.
                Retry::Offline | Retry::Final(_) => (Waiting::Offline, UtcMillis(0)),
            };
            // A refusal to talk without a session is our backend's own word that it took nothing.
            self.wait(one, waiting, next_at, exposed && gate != Retry::Login).await?;
        }
        Ok(Sent::Gated(gate))
    }

    async fn wait(
        &self,
        one: &Claimed,
        why: Waiting,
        at: UtcMillis,
        exposed: bool,
    ) -> Result<(), OutboxError> {
        let (db, id) = (self.db.clone(), one.id);
        off_thread(move || outcome::record_waiting(&db, id, why, at, exposed)).await
    }

    fn next(&self, one: &Claimed, wish_ms: Option<i64>) -> UtcMillis {
        let backoff = Backoff { random: self.ports.random.as_ref(), now: self.ports.clock.now() };
        backoff.next(one.attempts.saturating_add(1), wish_ms)
    }
}

fn receipt(verdict: Verdict) -> Option<Signed> {
    match verdict {
        Verdict::Accepted { receipt } => Some(receipt),
        Verdict::Refused { .. } | Verdict::Retry { .. } => None,
    }
}
