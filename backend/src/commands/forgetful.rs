//! A planted fault, for tests alone: a backend that forgets what it has decided, so that the same
//! command makes a second report.

use citizen_contract::ids::CommandId;
use citizen_contract::outcome::Verdict;

use super::carry_out::{Decided, Task, carry_out};
use crate::clock::{SystemRandom, random_bytes};
use crate::db::{DbError, Tx};

/// Carries the command out once more under another id; the caller gets the recorded answer.
pub(super) fn again(tx: &mut Tx<'_>, task: &Task, verdict: Verdict) -> Result<Decided, DbError> {
    let mut incoming = task.incoming.clone();
    incoming.id = CommandId::from_parts(task.now, random_bytes(&SystemRandom));
    if let Ok(envelope) = &mut incoming.envelope {
        envelope.id = incoming.id;
        envelope.attachments.clear();
    }
    let twin = Task {
        incoming,
        reader: task.reader.clone(),
        now: task.now,
        salt: random_bytes(&SystemRandom),
        number: task.number.clone(),
        profile: task.profile.clone(),
        signer: task.signer.clone(),
    };
    let decided = carry_out(tx, &twin)?;
    Ok(Decided { verdict, ..decided })
}
