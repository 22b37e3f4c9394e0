//! Checking the chains of reports.

use std::collections::BTreeMap;

use super::finding::{Finding, VerifyReport};
use crate::db::{DbError, Row, Tx};
use crate::ledger::chain::{GENESIS, Link, NO_PAYLOAD, commitment};
use crate::params;

/// More missing events than these at the end of a chain are not named one by one.
const MOST_MISSING: i64 = 100;

/// A page of checked reports.
pub(super) struct Page {
    pub(super) report: VerifyReport,
    /// The last report, if there may be more.
    pub(super) last: Option<String>,
}

/// An event as it lies in the database.
struct Stored {
    link: Link,
    commitment: Vec<u8>,
    hash: Vec<u8>,
    payload: Option<(String, Vec<u8>)>,
}

/// What the row says of the chain's end.
struct Projection {
    id: String,
    events: i64,
    head: Vec<u8>,
    revision: i64,
    state: String,
}

/// Checks the reports after `after`.
pub(super) fn page(tx: &mut Tx<'_>, after: &str, limit: i64) -> Result<Page, DbError> {
    let rows = tx.query(
        "SELECT id, events, head, revision, state FROM reports WHERE id > ?1 ORDER BY id LIMIT ?2",
        params![after, limit],
        |row| {
            Ok(Projection {
                id: row.text(0)?,
                events: row.int(1)?,
                head: row.bytes(2)?,
                revision: row.int(3)?,
                state: row.text(4)?,
            })
        },
    )?;
    let mut report = VerifyReport::default();
    for row in &rows {
        let events = events(tx, &row.id)?;
        let signed = tx.query(
            "SELECT seq, hash FROM checkpoint_heads WHERE report_id = ?1 ORDER BY checkpoint",
            params![row.id.as_str()],
            |row| Ok((row.int(0)?, row.bytes(1)?)),
        )?;
        check(row, &events, &signed, &mut report);
    }
    Ok(Page { report, last: rows.into_iter().last().map(|row| row.id) })
}

/// Reports of which only events or checkpoints are left.
pub(super) fn vanished(tx: &mut Tx<'_>) -> Result<Vec<Finding>, DbError> {
    let rows = tx.query(
        "SELECT report_id FROM (SELECT report_id FROM checkpoint_heads UNION SELECT report_id FROM report_events) \
         AS known WHERE NOT EXISTS (SELECT 1 FROM reports WHERE reports.id = known.report_id) ORDER BY report_id",
        params![],
        |row| row.text(0),
    )?;
    Ok(rows.into_iter().map(|report| Finding::ReportDeleted { report }).collect())
}

fn check(row: &Projection, events: &[Stored], signed: &[(i64, Vec<u8>)], report: &mut VerifyReport) {
    report.reports = report.reports.saturating_add(1);
    let name = || row.id.clone();
    let mut found = Vec::new();
    let by_seq: BTreeMap<i64, &Stored> = events.iter().map(|event| (event.link.seq, event)).collect();
    let present = by_seq.keys().last().copied().unwrap_or(0);
    let claimed = signed.iter().map(|(seq, _)| *seq).chain([row.events]).max().unwrap_or(0);
    // A forged count must not keep the verifier busy for ever.
    let longest = claimed.min(present.saturating_add(MOST_MISSING)).max(present);
    let erased_until =
        events.iter().filter(|event| event.link.act == "erased").map(|event| event.link.seq).max();
    let mut before = Some(GENESIS.to_vec());
    for seq in 1..=longest {
        let Some(event) = by_seq.get(&seq) else {
            found.push(Finding::EventDeleted { report: name(), seq });
            before = None;
            continue;
        };
        report.events = report.events.saturating_add(1);
        // Behind a gap the hash cannot be checked: the gap itself was named.
        if before
            .as_ref()
            .is_some_and(|before| event.link.hash(before, &event.commitment).as_slice() != event.hash)
        {
            found.push(misplaced(event, events));
        } else {
            match payload(event, erased_until) {
                Payload::Sound => {}
                Payload::Erased => report.erased = report.erased.saturating_add(1),
                Payload::Missing => found.push(Finding::PayloadMissing { report: name(), seq }),
                Payload::Changed => found.push(Finding::EventChanged { report: name(), seq }),
            }
        }
        before = Some(event.hash.clone());
    }
    if found.is_empty() {
        let rewritten =
            |(seq, hash): &&(i64, Vec<u8>)| by_seq.get(seq).is_some_and(|event| event.hash != *hash);
        found.extend(
            signed
                .iter()
                .find(rewritten)
                .map(|(seq, _)| Finding::HistoryRewritten { report: name(), seq: *seq }),
        );
        let last = events.last();
        let agrees = last.is_some_and(|last| {
            last.hash == row.head && last.link.revision == row.revision && last.link.state == row.state
        });
        if !agrees {
            found.push(Finding::ProjectionDiffers { report: name() });
        }
    }
    report.findings.extend(found);
}

/// An event that does not fit here: recorded at another place, or changed.
fn misplaced(event: &Stored, events: &[Stored]) -> Finding {
    let report = event.link.report_id.clone();
    let befores = || events.iter().map(|other| other.hash.as_slice()).chain([GENESIS.as_slice()]);
    for recorded in events.iter().map(|other| other.link.seq).filter(|seq| *seq != event.link.seq) {
        let link = Link { seq: recorded, ..event.link.clone() };
        if befores().any(|before| link.hash(before, &event.commitment).as_slice() == event.hash) {
            return Finding::EventMoved { report, seq: event.link.seq, recorded };
        }
    }
    Finding::EventChanged { report, seq: event.link.seq }
}

enum Payload {
    Sound,
    Erased,
    Missing,
    Changed,
}

fn payload(event: &Stored, erased_until: Option<i64>) -> Payload {
    match (&event.payload, event.commitment == NO_PAYLOAD) {
        (None, true) => Payload::Sound,
        (Some(_), true) => Payload::Changed,
        (Some((text, salt)), false) if commitment(salt, text).as_slice() == event.commitment => {
            Payload::Sound
        }
        (Some(_), false) => Payload::Changed,
        (None, false) if erased_until.is_some_and(|until| event.link.seq < until) => Payload::Erased,
        (None, false) => Payload::Missing,
    }
}

fn events(tx: &mut Tx<'_>, report: &str) -> Result<Vec<Stored>, DbError> {
    tx.query(
        "SELECT e.report_id, e.seq, e.revision, e.act, e.state, e.at, e.actor, e.capacity, e.unit_id, e.to_unit, \
         e.command_id, e.commitment, e.hash, p.payload, p.salt FROM report_events e \
         LEFT JOIN event_payloads p ON p.report_id = e.report_id AND p.seq = e.seq \
         WHERE e.report_id = ?1 ORDER BY e.seq",
        params![report],
        stored,
    )
}

fn stored(row: &Row<'_>) -> Result<Stored, DbError> {
    let link = Link {
        report_id: row.text(0)?,
        seq: row.int(1)?,
        revision: row.int(2)?,
        act: row.text(3)?,
        state: row.text(4)?,
        at: row.int(5)?,
        actor: row.opt_text(6)?,
        capacity: row.opt_text(7)?,
        unit_id: row.opt_text(8)?,
        to_unit: row.opt_text(9)?,
        command_id: row.opt_text(10)?,
    };
    let payload = row.opt_text(13)?.zip(row.opt_bytes(14)?);
    Ok(Stored { link, commitment: row.bytes(11)?, hash: row.bytes(12)?, payload })
}
