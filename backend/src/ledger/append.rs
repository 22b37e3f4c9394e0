//! Appending an event to a report's chain.

use citizen_contract::ids::{AccountId, CommandId, UnitId};
use citizen_contract::report_state::Actor;
use citizen_contract::time::UtcMillis;

use super::chain::{Link, NO_PAYLOAD, commitment};
use super::payload::Payload;
use super::row::{ReportRow, signed};
use super::word::word;
use crate::db::{DbError, Tx, Value};
use crate::params;

/// What is appended. The report's row carries state and revision after it.
#[derive(Debug, Clone)]
pub struct Step {
    /// The act's word, or `photo_received`, `photo_unreadable`, `erased`.
    pub act: String,
    /// When.
    pub at: UtcMillis,
    /// Who; nobody for what the backend finds by itself.
    pub actor: Option<(AccountId, Actor)>,
    /// For which unit.
    pub unit: Option<UnitId>,
    /// To which unit.
    pub to_unit: Option<UnitId>,
    /// By which command.
    pub command: Option<CommandId>,
    /// What may be erased one day.
    pub payload: Payload,
    /// Fresh random bytes; used only if there is a payload.
    pub salt: [u8; 32],
}

/// An event that is ready to be written: the columns of its row, and of its payload's.
#[derive(Debug)]
pub(super) struct Sealed {
    event: Vec<Value>,
    payload: Option<Vec<Value>>,
}

/// Appends an event and moves the row's head on; the caller writes the row.
///
/// # Errors
/// [`DbError`] of the room; a doubled position means that the row was not locked.
pub fn append(tx: &mut Tx<'_>, report: &mut ReportRow, step: &Step) -> Result<(), DbError> {
    seal(report, step)?.write(tx)
}

/// Makes the event and moves the row's head on; nothing is written yet.
pub(super) fn seal(report: &mut ReportRow, step: &Step) -> Result<Sealed, DbError> {
    let link = Link {
        report_id: report.id.to_string(),
        seq: report.events.saturating_add(1),
        revision: signed(report.revision),
        act: step.act.clone(),
        state: word(report.state),
        at: step.at.0,
        actor: step.actor.map(|(account, _)| account.to_string()),
        capacity: step.actor.map(|(_, capacity)| word(capacity)),
        unit_id: step.unit.as_ref().map(UnitId::to_string),
        to_unit: step.to_unit.as_ref().map(UnitId::to_string),
        command_id: step.command.map(|command| command.to_string()),
    };
    let payload = text(&step.payload)?;
    let commitment = payload.as_ref().map_or(NO_PAYLOAD, |payload| commitment(&step.salt, payload));
    let hash = link.hash(&report.head, &commitment);
    report.events = link.seq;
    report.head = hash.to_vec();
    let payload =
        payload.map(|payload| params![link.report_id.as_str(), link.seq, payload, &step.salt].to_vec());
    Ok(Sealed { payload, event: columns(link, &commitment, &hash) })
}

fn columns(link: Link, commitment: &[u8; 32], hash: &[u8; 32]) -> Vec<Value> {
    params![
        link.report_id,
        link.seq,
        link.revision,
        link.act,
        link.state,
        link.at,
        link.actor,
        link.capacity,
        link.unit_id,
        link.to_unit,
        link.command_id,
        commitment,
        hash,
    ]
    .to_vec()
}

impl Sealed {
    /// Writes the event and its payload.
    pub(super) fn write(&self, tx: &mut Tx<'_>) -> Result<(), DbError> {
        if let Some(payload) = &self.payload {
            tx.execute(
                "INSERT INTO event_payloads (report_id, seq, payload, salt) VALUES (?1, ?2, ?3, ?4)",
                payload,
            )?;
        }
        tx.execute(
            "INSERT INTO report_events (report_id, seq, revision, act, state, at, actor, capacity, unit_id, \
             to_unit, command_id, commitment, hash) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            &self.event,
        )?;
        Ok(())
    }
}

fn text(payload: &Payload) -> Result<Option<String>, DbError> {
    if payload.is_empty() {
        return Ok(None);
    }
    serde_json::to_string(payload).map(Some).map_err(|_| DbError::Statement {
        code: "payload".to_owned(),
        message: "a payload does not serialise".to_owned(),
    })
}
