//! Appending an event to a report's chain.

use citizen_contract::ids::{AccountId, CommandId, UnitId};
use citizen_contract::report_state::Actor;
use citizen_contract::time::UtcMillis;

use super::chain::{Link, NO_PAYLOAD, commitment};
use super::payload::Payload;
use super::row::{ReportRow, signed};
use super::word::word;
use crate::db::{DbError, Tx};
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

/// Appends an event and moves the row's head on; the caller writes the row.
///
/// # Errors
/// [`DbError`] of the room; a doubled position means that the row was not locked.
pub fn append(tx: &mut Tx<'_>, report: &mut ReportRow, step: &Step) -> Result<(), DbError> {
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
    let commitment = keep_payload(tx, &link, step)?;
    let hash = link.hash(&report.head, &commitment);
    tx.execute(
        "INSERT INTO report_events (report_id, seq, revision, act, state, at, actor, capacity, unit_id, \
         to_unit, command_id, commitment, hash) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
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
            &commitment,
            &hash,
        ],
    )?;
    report.events = link.seq;
    report.head = hash.to_vec();
    Ok(())
}

fn keep_payload(tx: &mut Tx<'_>, link: &Link, step: &Step) -> Result<[u8; 32], DbError> {
    if step.payload.is_empty() {
        return Ok(NO_PAYLOAD);
    }
    let payload = serde_json::to_string(&step.payload).map_err(|_| DbError::Statement {
        code: "payload".to_owned(),
        message: "a payload does not serialise".to_owned(),
    })?;
    let commitment = commitment(&step.salt, &payload);
    tx.execute(
        "INSERT INTO event_payloads (report_id, seq, payload, salt) VALUES (?1, ?2, ?3, ?4)",
        params![link.report_id.as_str(), link.seq, payload, &step.salt],
    )?;
    Ok(commitment)
}
