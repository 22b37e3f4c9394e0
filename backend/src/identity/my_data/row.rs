//! Rows of wishes.

use citizen_contract::ids::DataRequestId;
use citizen_contract::my_data::{DataRequest, DataRequestKind, DataRequestState};
use citizen_contract::time::UtcMillis;

use crate::db::{DbError, Row, Tx};
use crate::ledger::word;
use crate::params;

/// The columns that [`read`] takes, in its order.
pub(super) const COLUMNS: &str = "r.id, r.kind, r.asked_at, r.due_at, r.state, r.ended_at, r.answer";
/// How many columns these are.
pub(super) const COUNT: usize = 7;

pub(super) fn read(row: &Row<'_>) -> Result<DataRequest, DbError> {
    Ok(DataRequest {
        id: word::id(&row.text(0)?, 0)?,
        kind: word::read(row.text(1)?, 1)?,
        asked_at: UtcMillis(row.int(2)?),
        due_at: UtcMillis(row.int(3)?),
        state: word::read(row.text(4)?, 4)?,
        ended_at: row.opt_int(5)?.map(UtcMillis),
        answer: row.opt_text(6)?,
    })
}

/// All of an account, oldest first.
pub(super) fn of_account(tx: &mut Tx<'_>, account: &str) -> Result<Vec<DataRequest>, DbError> {
    let sql =
        format!("SELECT {COLUMNS} FROM data_requests r WHERE r.account_id = ?1 ORDER BY r.asked_at, r.id");
    tx.query(&sql, params![account], read)
}

/// The open one of this kind, if there is one.
pub(super) fn open_one(
    tx: &mut Tx<'_>,
    account: &str,
    kind: DataRequestKind,
) -> Result<Option<DataRequest>, DbError> {
    let all = of_account(tx, account)?;
    Ok(all.into_iter().find(|it| it.kind == kind && it.state == DataRequestState::Open))
}

/// Ends an open one. Answers whether it was open.
pub(super) fn end(
    tx: &mut Tx<'_>,
    id: DataRequestId,
    state: DataRequestState,
    now: UtcMillis,
    answer: Option<&str>,
    by: Option<String>,
) -> Result<bool, DbError> {
    let ended = tx.execute(
        "UPDATE data_requests SET state = ?2, ended_at = ?3, answer = ?4, answered_by = ?5 \
         WHERE id = ?1 AND state = 'open'",
        params![id.to_string(), word::word(state), now.0, answer, by],
    )?;
    Ok(ended == 1)
}
