//! The index of words: written later than the reports, read first.

use citizen_contract::ids::ReportId;

use super::Terms;
use super::terms::index_words;
use crate::db::{DbError, Tx};
use crate::ledger::word;
use crate::params;

/// More candidates than these are not worth fetching: then so many reports have the words that walking
/// through a view fills a page at once.
const MOST: usize = 1_000;

/// Where to look for the reports that fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Candidates {
    /// Only among these.
    These(Vec<ReportId>),
    /// Everywhere: the words are too common, or too many reports are not indexed yet.
    Anywhere,
}

const OF_WORD: &str = "SELECT DISTINCT report_id FROM report_words WHERE word >= ?1 AND word < ?2 LIMIT ?3";
const NOT_INDEXED: &str = "SELECT id FROM reports WHERE indexed = 0 LIMIT ?1";

/// The reports that may fit; whoever calls looks at each.
///
/// # Errors
/// [`DbError`] of the room.
pub fn candidates(tx: &mut Tx<'_>, terms: &Terms) -> Result<Candidates, DbError> {
    let most = i64::try_from(MOST).unwrap_or(i64::MAX).saturating_add(1);
    let id = |row: &crate::db::Row<'_>| word::id(&row.text(0)?, 0);
    let mut rarest: Option<Vec<ReportId>> = None;
    for (from, to) in terms.ranges() {
        let having: Vec<ReportId> = tx.query(OF_WORD, params![from, to, most], id)?;
        if having.len() <= MOST && rarest.as_ref().is_none_or(|rarest| having.len() < rarest.len()) {
            rarest = Some(having);
        }
    }
    let Some(mut found) = rarest else { return Ok(Candidates::Anywhere) };
    let fresh: Vec<ReportId> = tx.query(NOT_INDEXED, params![most], id)?;
    if fresh.len() > MOST {
        return Ok(Candidates::Anywhere);
    }
    found.extend(fresh);
    found.sort_unstable();
    found.dedup();
    Ok(Candidates::These(found))
}

/// Indexes at most `limit` reports that are not indexed yet. Answers how many there were; call again
/// until there are none.
///
/// # Errors
/// [`DbError`] of the room.
pub fn index(tx: &mut Tx<'_>, limit: u32) -> Result<usize, DbError> {
    // The row's lock keeps an erasure out until the words are written; whichever comes second sees
    // what the first has done.
    let fresh = tx.query(
        "UPDATE reports SET indexed = 1 WHERE indexed = 0 AND id IN \
         (SELECT id FROM reports WHERE indexed = 0 ORDER BY id LIMIT ?1) RETURNING id, folded",
        params![limit],
        |row| Ok((row.text(0)?, row.text(1)?)),
    )?;
    for (report, folded) in &fresh {
        for word in index_words(folded) {
            tx.execute(
                "INSERT INTO report_words (word, report_id) VALUES (?1, ?2) \
                 ON CONFLICT (word, report_id) DO NOTHING",
                params![word, report.as_str()],
            )?;
        }
    }
    Ok(fresh.len())
}

/// Forgets the words of a report whose row is locked; it is indexed again by what is left of them.
///
/// # Errors
/// [`DbError`] of the room.
pub fn forget(tx: &mut Tx<'_>, report: ReportId) -> Result<(), DbError> {
    let id = report.to_string();
    tx.execute("DELETE FROM report_words WHERE report_id = ?1", params![id.as_str()])?;
    tx.execute("UPDATE reports SET indexed = 0 WHERE id = ?1", params![id.as_str()]).map(|_| ())
}

#[cfg(test)]
pub(super) const STATEMENTS: [(&str, usize); 2] = [(OF_WORD, 3), (NOT_INDEXED, 1)];
