//! Recorded refusals that tell what others did to a report since: they name officials.

use citizen_contract::ids::ReportId;
use citizen_contract::outcome::Verdict;

use crate::db::{DbError, Tx};
use crate::ledger::history;
use crate::params;

/// A refusal that was recorded, as it lies in the database.
struct Recorded {
    account: String,
    command: String,
    verdict: String,
}

/// Takes the names out of every recorded conflict about the report; a repeat of such a command is
/// answered without them. Answers how many there were.
///
/// A conflict does not say which report it is about, but its steps do: a step is known by revision,
/// act and moment.
///
/// # Errors
/// [`DbError`] of the room.
pub(super) fn forget_names(tx: &mut Tx<'_>, report: ReportId) -> Result<u64, DbError> {
    let history = history::of(tx, report)?;
    let Some(first) = history.0.first().map(|event| event.at) else { return Ok(0) };
    let candidates = tx.query(
        "SELECT account, command_id, verdict FROM command_outcomes \
         WHERE accepted = 0 AND decided_at >= ?1 AND verdict LIKE '%\"since\":[{%'",
        params![first.0],
        |row| Ok(Recorded { account: row.text(0)?, command: row.text(1)?, verdict: row.text(2)? }),
    )?;
    let mut rewritten: u64 = 0;
    for Recorded { account, command, verdict } in candidates {
        let Ok(Verdict::Refused { mut problem }) = serde_json::from_str(&verdict) else { continue };
        let ours = problem.since.iter().all(|entry| {
            history
                .0
                .iter()
                .any(|event| (event.revision, event.act, event.at) == (entry.revision, entry.act, entry.at))
        });
        if !ours || problem.since.iter().all(|entry| entry.by.is_none()) {
            continue;
        }
        problem.since.iter_mut().for_each(|entry| entry.by = None);
        rewrite(tx, &account, &command, problem)?;
        rewritten = rewritten.saturating_add(1);
    }
    Ok(rewritten)
}

/// Takes a name out of every recorded conflict, whatever report it is about; somebody of the same name
/// is not named there any more either. Answers how many there were.
///
/// # Errors
/// [`DbError`] of the room.
pub(super) fn forget_person(tx: &mut Tx<'_>, name: &str) -> Result<u64, DbError> {
    if name.is_empty() {
        return Ok(0);
    }
    let candidates = tx.query(
        "SELECT account, command_id, verdict FROM command_outcomes \
         WHERE accepted = 0 AND verdict LIKE '%\"since\":[{%'",
        params![],
        |row| Ok(Recorded { account: row.text(0)?, command: row.text(1)?, verdict: row.text(2)? }),
    )?;
    let mut rewritten: u64 = 0;
    for Recorded { account, command, verdict } in candidates {
        let Ok(Verdict::Refused { mut problem }) = serde_json::from_str(&verdict) else { continue };
        let mut named = problem.since.iter_mut().filter(|entry| entry.by.as_deref() == Some(name)).peekable();
        if named.peek().is_none() {
            continue;
        }
        named.for_each(|entry| entry.by = None);
        rewrite(tx, &account, &command, problem)?;
        rewritten = rewritten.saturating_add(1);
    }
    Ok(rewritten)
}

fn rewrite(
    tx: &mut Tx<'_>,
    account: &str,
    command: &str,
    problem: citizen_contract::problem::Problem,
) -> Result<(), DbError> {
    let Ok(text) = serde_json::to_string(&Verdict::Refused { problem }) else { return Ok(()) };
    tx.execute(
        "UPDATE command_outcomes SET verdict = ?3 WHERE account = ?1 AND command_id = ?2",
        params![account, command, text],
    )
    .map(|_| ())
}
