//! A command with everything that deciding it needs, worked out as far as no database is asked.

use std::sync::Arc;

use citizen_contract::hash::ContentHash;
use citizen_contract::ids::{AccountId, CommandId, ReportId};
use citizen_contract::outcome::{Receipt, Verdict};
use citizen_contract::problem::Problem;
use citizen_contract::time::UtcMillis;

use super::dispatch::plan;
use super::incoming::Incoming;
use super::outcomes;
use crate::Backend;
use crate::auth::Reader;
use crate::clock::random_bytes;
use crate::ledger::{Beginning, Done, Order, Refusal};
use crate::receipts::Signer;

/// One command; its transaction may run more than once.
#[derive(Debug)]
pub(super) struct Task {
    pub(super) id: CommandId,
    pub(super) content: ContentHash,
    pub(super) account: AccountId,
    pub(super) now: UtcMillis,
    pub(super) after: Option<CommandId>,
    /// The order, or why it is refused whatever the database says.
    pub(super) order: Result<Order, Problem>,
    pub(super) prepared: Option<Prepared>,
    signer: Arc<Signer>,
}

/// A new report, and the outcome that it has unless the database objects. Hashing, folding and above
/// all signing cost more than the rows, and the thread that writes is one.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) beginning: Beginning,
    pub(super) verdict: Verdict,
    /// The verdict as it is recorded.
    pub(super) text: String,
}

impl Task {
    pub(super) fn new(
        backend: &Backend,
        reader: &Reader,
        incoming: Incoming,
        number: Option<String>,
    ) -> Self {
        let Incoming { id, content, envelope } = incoming;
        let now = backend.clock.now();
        let after = envelope.as_ref().ok().and_then(|envelope| envelope.after);
        let order = envelope.map(|envelope| Order {
            envelope,
            reader: reader.clone(),
            now,
            salt: random_bytes(&*backend.random),
            number,
            profile: backend.profile.clone(),
        });
        let (account, signer) = (reader.account, backend.signer.clone());
        Self { id, content, account, now, after, order, prepared: None, signer }.prepare()
    }

    fn prepare(mut self) -> Self {
        match self.order.as_ref().ok().and_then(plan) {
            Some(Ok(beginning)) => {
                let verdict = self.accepted(beginning.done());
                // What does not serialise is tried, and fails, in the transaction.
                let text = outcomes::text(&verdict).ok();
                self.prepared = text.map(|text| Prepared { beginning, verdict, text });
            }
            Some(Err(Refusal::Final(problem))) => self.order = Err(*problem),
            Some(Err(Refusal::Db(_))) | None => {}
        }
        self
    }

    /// The fresh number, if it makes a report.
    pub(super) fn number(&self) -> Option<&String> {
        self.order.as_ref().ok().and_then(|order| order.number.as_ref())
    }

    /// The signed acceptance of what was done.
    pub(super) fn accepted(&self, done: &Done) -> Verdict {
        let on_report = done.report_id != ReportId::NONE;
        let receipt = Receipt {
            command_id: self.id,
            content_sha256: self.content.clone(),
            received_at: self.now,
            report_id: on_report.then_some(done.report_id),
            report_number: on_report.then(|| done.number.clone()),
            revision: on_report.then_some(done.revision),
            first_deadline: done.first_deadline,
        };
        Verdict::Accepted { receipt: self.signer.receipt(&receipt) }
    }

    /// The same command under another id, for a planted fault.
    #[cfg(feature = "kill-points")]
    pub(super) fn twin(&self, id: CommandId, salt: [u8; 32]) -> Self {
        let order = self.order.clone().map(|mut order| {
            order.envelope.id = id;
            order.envelope.attachments.clear();
            Order { salt, ..order }
        });
        let (content, signer) = (self.content.clone(), self.signer.clone());
        let (account, now, after) = (self.account, self.now, self.after);
        Self { id, content, account, now, after, order, prepared: None, signer }.prepare()
    }
}
