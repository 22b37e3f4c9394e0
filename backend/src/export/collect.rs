//! Reading everything of one account.

use citizen_contract::documents::ReportDocument;
use citizen_contract::ids::{CommandId, ReportId};
use citizen_contract::outcome::Verdict;
use citizen_contract::signed::Signed;
use citizen_contract::time::UtcMillis;
use serde_json::Value as Json;

use super::{Collected, ExportError, Photo, rows};
use crate::auth::Reader;
use crate::db::Tx;
use crate::erase::Keys;
use crate::identity::NumberKeys;
use crate::identity::my_data::document;
use crate::params;
use crate::reports::render::render;

pub(super) fn collect(
    tx: &mut Tx<'_>,
    numbers: &NumberKeys,
    reader: &Reader,
    now: UtcMillis,
) -> Result<Collected, ExportError> {
    let keys = Keys::of(tx, reader.account)?.ok_or(ExportError::Missing)?;
    let account = document::render(tx, &keys.account)?.ok_or(ExportError::Missing)?;
    let rows = rows::all(tx, &keys, numbers)?;
    let text = |table: &str, column: &str| {
        let row = rows.get(table)?.as_array()?.first()?;
        row.get(column)?.as_str().map(str::to_owned)
    };
    let (number, phone) = (text("accounts", "number").unwrap_or_default(), text("accounts", "phone"));
    let (photos, photo_bytes) = photos(tx, &keys)?;
    Ok(Collected {
        at: now,
        number,
        phone,
        account,
        reports: reports(tx, reader, &rows)?,
        receipts: receipts(&rows),
        photos,
        photo_bytes,
        rows,
    })
}

/// The reports as their sender sees them: answers included, notes among officials not.
fn reports(
    tx: &mut Tx<'_>,
    reader: &Reader,
    rows: &serde_json::Map<String, Json>,
) -> Result<Vec<ReportDocument>, ExportError> {
    let own = rows.get("reports").and_then(Json::as_array).into_iter().flatten();
    let ids: Vec<ReportId> = own.filter_map(|row| row.get("id")?.as_str()?.parse().ok()).collect();
    // Only as the sender, whatever else this person may see by a role.
    let sender = Reader { account: reader.account, roles: Vec::new(), child: reader.child };
    let mut reports: Vec<ReportDocument> = render(tx, &sender, &ids)?.into_values().collect();
    reports.sort_by_key(|report| (report.submitted_at, report.id));
    Ok(reports)
}

/// The receipts exactly as they were signed.
fn receipts(rows: &serde_json::Map<String, Json>) -> Vec<(CommandId, Signed)> {
    let outcomes = rows.get("command_outcomes").and_then(Json::as_array).into_iter().flatten();
    outcomes
        .filter_map(|row| {
            let id: CommandId = row.get("command_id")?.as_str()?.parse().ok()?;
            match serde_json::from_str(row.get("verdict")?.as_str()?).ok()? {
                Verdict::Accepted { receipt } => Some((id, receipt)),
                _ => None,
            }
        })
        .collect()
}

/// The photos that have arrived, and how many bytes they are.
fn photos(tx: &mut Tx<'_>, keys: &Keys) -> Result<(Vec<Photo>, u64), ExportError> {
    let rows = tx.query(
        "SELECT id, media_type, size FROM attachments WHERE account = ?1 AND state <> 'awaited' AND report_id IN \
         (SELECT doc_id FROM feed_rows WHERE feed = 'account:' || ?1 AND doc_kind = 'report') ORDER BY id",
        params![&keys.account],
        |row| {
            let photo = Photo { id: crate::ledger::word::id(&row.text(0)?, 0)?, media_type: row.text(1)? };
            Ok((photo, row.int(2)?.unsigned_abs()))
        },
    )?;
    let bytes = rows.iter().fold(0_u64, |sum, (_, size)| sum.saturating_add(*size));
    Ok((rows.into_iter().map(|(photo, _)| photo).collect(), bytes))
}
