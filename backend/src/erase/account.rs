//! Erasing an account: everything of the person goes but what the office must be able to prove, which
//! stays under the account's id, a pseudonym of nobody from then on.
//!
//! Once begun, an erasure is gone through with, whatever stops the process in between.

use citizen_contract::audit::AuditAct;
use citizen_contract::citizen_id::CitizenId;
use citizen_contract::ids::{AccountId, ReportId};
use citizen_contract::sync::Nudge;
use citizen_contract::time::UtcMillis;

use super::keys::Keys;
use super::register::Fate;
use super::tables::tables;
use super::{EraseError, outcomes};
use crate::audit::{self, Entry, Subject};
use crate::clock::random_bytes;
use crate::db::{DbError, Tx, WriteError};
use crate::files::{self, Files};
use crate::identity::Identity;
use crate::identity::my_data::{begin_erasing, erasing, forget};
use crate::ledger::word;
use crate::params;
use crate::reports::erase::{Erased, Grounds, erase};
use crate::search;

/// How long after an erasure requests that were under way may still have written something.
const SETTLED_MS: i64 = 60 * 60 * 1000;
/// The reason in the chain of each report.
const REASON: &str = "tài khoản của người gửi đã được xóa";

/// What one erasure of an account did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AccountSummary {
    /// Reports whose words and photos went.
    pub reports: usize,
    /// Photos.
    pub photos: usize,
    /// Rows that were deleted besides.
    pub rows: u64,
}

/// Begins the erasure of the number's account. Answers which account it is, if there is one.
///
/// # Errors
/// The database's.
pub async fn begin(identity: &Identity, number: &CitizenId) -> Result<Option<AccountId>, DbError> {
    let (hash, now) = (identity.numbers.lookup_hash(number), identity.backend.clock.now());
    identity
        .backend
        .db
        .write(move |tx| {
            let found =
                tx.query_opt("SELECT id FROM accounts WHERE number_hash = ?1", params![&hash], |row| {
                    row.text(0)
                })?;
            let Some(account) = found else { return Ok(None) };
            begin_erasing(tx, &account, now)?;
            let account: AccountId = word::id(&account, 0)?;
            let entry = Entry {
                at: now,
                actor: None,
                act: AuditAct::PersonErased,
                subject: Some(Subject::account(account)),
                unit: None,
                detail: Vec::new(),
            };
            audit::record(tx, &entry)?;
            Ok(Some(account))
        })
        .await
        .map_err(WriteError::flatten)
}

/// Goes through with an erasure that has begun. `by` is who decided it: a pseudonym or an operator's
/// name, which stands in the chains.
///
/// # Errors
/// [`EraseError`]; the next chores go on.
pub async fn erase_account(
    files: &Files,
    account: AccountId,
    by: &str,
) -> Result<AccountSummary, EraseError> {
    let backend = &files.backend;
    let mut summary = AccountSummary::default();
    loop {
        let reports =
            backend.db.read(move |tx| unerased(tx, account)).await.map_err(WriteError::<DbError>::flatten)?;
        for report in reports {
            let grounds = Grounds {
                reason: REASON.to_owned(),
                by: by.to_owned(),
                now: backend.clock.now(),
                salt: random_bytes(&*backend.random),
            };
            let erased = backend
                .db
                .write(move |tx| one_report(tx, report, &grounds))
                .await
                .map_err(WriteError::<DbError>::flatten)?;
            summary.reports = summary.reports.saturating_add(1);
            summary.photos = summary.photos.saturating_add(erased.attachments.len());
            backend.nudges.tell(erased.nudges);
        }
        let now = backend.clock.now();
        let rest = backend.db.write(move |tx| rest(tx, account, now)).await;
        // None: a command that was under way brought another report.
        if let Some((rows, nudges)) = rest.map_err(WriteError::<DbError>::flatten)? {
            summary.rows = rows;
            backend.nudges.tell(nudges);
            break;
        }
    }
    files::wipe(files).await?;
    backend.db.scrub().await?;
    Ok(summary)
}

/// Goes through with what was begun and interrupted, and looks again at what was done within the last hour.
///
/// # Errors
/// [`EraseError`]
pub async fn go_on(files: &Files) -> Result<usize, EraseError> {
    let settled = UtcMillis(files.backend.clock.now().0.saturating_sub(SETTLED_MS));
    let accounts = files
        .backend
        .db
        .read(move |tx| erasing(tx, settled))
        .await
        .map_err(WriteError::<DbError>::flatten)?;
    let count = accounts.len();
    for account in accounts {
        erase_account(files, account, "").await?;
    }
    Ok(count)
}

/// Reports of the account of which words are left. All reports are looked at, and not only those of its
/// feed: nothing may be overlooked here, and this is rare.
fn unerased(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<ReportId>, DbError> {
    tx.query(
        "SELECT id FROM reports WHERE sender = ?1 AND (title <> '' OR EXISTS (SELECT 1 FROM event_payloads p \
         JOIN report_events e ON e.report_id = p.report_id AND e.seq = p.seq \
         WHERE p.report_id = reports.id AND e.act <> 'erased') OR EXISTS (SELECT 1 FROM attachments a \
         WHERE a.report_id = reports.id)) ORDER BY id",
        params![account.to_string()],
        |row| word::id(&row.text(0)?, 0),
    )
}

fn one_report(tx: &mut Tx<'_>, report: ReportId, grounds: &Grounds) -> Result<Erased, DbError> {
    // The bytes of parts that were uploaded are found by these rows only.
    let erased = erase(tx, report, grounds)?;
    search::forget(tx, report)?;
    files::erase(tx, &erased.attachments, grounds.now)?;
    outcomes::forget_names(tx, report)?;
    Ok(erased)
}

/// Everything but the reports. Nothing if there is another report by now.
fn rest(tx: &mut Tx<'_>, account: AccountId, now: UtcMillis) -> Result<Option<(u64, Vec<Nudge>)>, DbError> {
    if !unerased(tx, account)?.is_empty() {
        return Ok(None);
    }
    let Some(keys) = Keys::of(tx, account)? else { return Ok(Some((0, Vec::new()))) };
    let name =
        tx.query_one("SELECT display_name FROM accounts WHERE id = ?1", params![&keys.account], |row| {
            row.text(0)
        })?;
    outcomes::forget_person(tx, &name)?;
    let mut rows: u64 = 0;
    for table in tables() {
        let Some((condition, key)) = keys.condition(table) else { continue };
        let sql = match table.fate {
            Fate::Deleted => format!("DELETE FROM {} WHERE {condition}", table.name),
            Fate::Blanked(columns) => {
                let blanks: Vec<String> = columns.iter().map(|column| format!("{column} = NULL")).collect();
                format!("UPDATE {} SET {} WHERE {condition}", table.name, blanks.join(", "))
            }
            Fate::Kept | Fate::ByRoom => continue,
        };
        let touched = tx.execute(&sql, &[key])?;
        if table.fate == Fate::Deleted {
            rows = rows.saturating_add(touched);
        }
    }
    forget(tx, &keys.account, now)?;
    Ok(Some((rows, vec![Nudge::Queue])))
}
