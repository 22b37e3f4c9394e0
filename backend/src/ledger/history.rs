//! A report's events as they are read: in order, with what is left of their payloads.

use std::collections::BTreeMap;

use citizen_contract::documents::TimelineEntry;
use citizen_contract::ids::{AccountId, ReportId, UnitId};
use citizen_contract::report_state::Act;
use citizen_contract::time::UtcMillis;

use super::payload::Payload;
use super::row::signed;
use super::word;
use crate::auth::Sight;
use crate::db::{DbError, Row, Tx};

/// One act of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its place in the chain.
    pub seq: i64,
    /// The revision that it made.
    pub revision: u64,
    /// What happened.
    pub act: Act,
    /// When.
    pub at: UtcMillis,
    /// The unit that acted.
    pub unit: Option<UnitId>,
    /// The unit that it was passed to.
    pub to_unit: Option<UnitId>,
    /// Who acted.
    pub actor: Option<AccountId>,
    /// The name of who acted.
    pub by: Option<String>,
    /// What was said; empty once erased.
    pub payload: Payload,
}

/// The acts of a report, oldest first. What is no act (an arriving photo) is not in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History(pub Vec<Event>);

/// The history of one report.
///
/// # Errors
/// [`DbError`] of the room.
pub fn of(tx: &mut Tx<'_>, report: ReportId) -> Result<History, DbError> {
    Ok(of_all(tx, &[report])?.remove(&report).unwrap_or_default())
}

/// The histories of several reports in one statement.
///
/// # Errors
/// [`DbError`] of the room.
pub fn of_all(tx: &mut Tx<'_>, reports: &[ReportId]) -> Result<BTreeMap<ReportId, History>, DbError> {
    let mut histories: BTreeMap<ReportId, History> = BTreeMap::new();
    for chunk in reports.chunks(LIST) {
        let sql = format!(
            "SELECT e.report_id, e.seq, e.revision, e.act, e.at, e.unit_id, e.to_unit, a.display_name, p.payload, \
             e.actor \
             FROM report_events e \
             LEFT JOIN event_payloads p ON p.report_id = e.report_id AND p.seq = e.seq \
             LEFT JOIN accounts a ON a.id = e.actor \
             WHERE e.report_id IN ({}) ORDER BY e.report_id, e.seq",
            places(chunk.len())
        );
        for (report, event) in tx.query(&sql, &list(chunk), event)? {
            if let Some(event) = event {
                histories.entry(report).or_default().0.push(event);
            }
        }
    }
    Ok(histories)
}

fn event(row: &Row<'_>) -> Result<(ReportId, Option<Event>), DbError> {
    let report = word::id(&row.text(0)?, 0)?;
    // `photo_received` and `erased` are events, but no acts.
    let Ok(act) = word::read(row.text(3)?, 3) else { return Ok((report, None)) };
    let payload = match row.opt_text(8)? {
        None => Payload::default(),
        Some(text) => serde_json::from_str(&text).map_err(|_| DbError::Column {
            index: 8,
            wanted: "a payload",
            found: "other text".to_owned(),
        })?,
    };
    let event = Event {
        seq: row.int(1)?,
        revision: u64::try_from(row.int(2)?).unwrap_or(0),
        act,
        at: UtcMillis(row.int(4)?),
        unit: row.opt_text(5)?.map(UnitId),
        to_unit: row.opt_text(6)?.map(UnitId),
        actor: word::opt_account(row.opt_text(9)?, 9)?,
        by: row.opt_text(7)?,
        payload,
    };
    Ok((report, Some(event)))
}

impl History {
    /// The steps after a revision, as this reader may see them.
    #[must_use]
    pub fn timeline(&self, sight: Sight, after: u64) -> Vec<TimelineEntry> {
        let entry = |event: &Event| TimelineEntry {
            revision: event.revision,
            act: event.act,
            at: event.at,
            unit_id: event.unit.clone(),
            to_unit: event.to_unit.clone(),
            // A sender's name is never an official's to read here.
            by: event.by.clone().filter(|_| sight.internal && event.unit.is_some()),
        };
        let shown = |event: &&Event| event.act != Act::Note && signed(event.revision) > signed(after);
        self.0.iter().filter(shown).map(entry).collect()
    }

    /// Whether anybody else has changed the report since a revision. Notes change nothing that
    /// somebody could have built on, and one's own acts are counted by one's own device.
    #[must_use]
    pub fn changed_by_others(&self, since: u64, me: AccountId) -> bool {
        let by_others = |event: &Event| event.act != Act::Note && event.actor != Some(me);
        self.0.iter().any(|event| event.revision > since && by_others(event))
    }

    /// The last event of this act.
    #[must_use]
    pub fn last(&self, act: Act) -> Option<&Event> {
        self.0.iter().rev().find(|event| event.act == act)
    }

    /// Each proposed answer with the approval that published it, if one did; oldest first.
    #[must_use]
    pub fn answers(&self) -> Vec<(&Event, Verdict<'_>)> {
        let mut answers: Vec<(&Event, Verdict<'_>)> = Vec::new();
        for event in &self.0 {
            match (event.act, answers.last_mut()) {
                (Act::Answer, _) => answers.push((event, Verdict::Waiting)),
                (Act::Approve, Some((_, verdict))) => *verdict = Verdict::Published(event),
                (Act::ReturnAnswer, Some((_, verdict))) => *verdict = Verdict::Returned,
                _ => {}
            }
        }
        answers
    }
}

/// What became of a proposed answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict<'e> {
    /// It waits for approval.
    Waiting,
    /// It went back to the handler.
    Returned,
    /// It was published by this approval.
    Published(&'e Event),
}

/// The most identifiers in one statement.
const LIST: usize = 64;

/// Placeholders for a list; lengths are rounded up, so that few statements are prepared.
pub(crate) fn places(count: usize) -> String {
    let padded = count.next_power_of_two().min(LIST).max(count);
    (1..=padded).map(|at| format!("?{at}")).collect::<Vec<_>>().join(", ")
}

/// The parameters for [`places`]; the last one is repeated.
pub(crate) fn list<T: ToString>(ids: &[T]) -> Vec<crate::db::Value> {
    let padded = ids.len().next_power_of_two().min(LIST).max(ids.len());
    let texts = ids.iter().chain(std::iter::repeat_n(ids.last(), padded).flatten());
    texts.take(padded).map(|id| crate::db::Value::from(id.to_string())).collect()
}
