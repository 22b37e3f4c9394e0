//! `POST /v1/queries/data-requests`: what people want of their data, as the office's tasks.

use citizen_contract::my_data::{DataTask, DataTasks};

use super::row;
use super::wish::Wish;
use crate::db::{DbError, WriteError};
use crate::identity::Identity;
use crate::params;

/// How many answered ones are shown below the open ones.
const ANSWERED: u32 = 50;
/// More open ones than anybody works through on one page.
const OPEN: u32 = 200;

/// Open ones, those that are due first on top, and the last answered ones.
///
/// # Errors
/// The database's.
pub async fn tasks(identity: &Identity) -> Result<DataTasks, DbError> {
    let rows = identity
        .backend
        .db
        .read(|tx| {
            let columns = format!("{}, a.display_name, a.masked_number, r.wish_sealed", row::COLUMNS);
            let from = "FROM data_requests r JOIN accounts a ON a.id = r.account_id";
            let open =
                format!("SELECT {columns} {from} WHERE r.state = 'open' ORDER BY r.due_at, r.id LIMIT ?1");
            let ended = format!(
                "SELECT {columns} {from} WHERE r.state IN ('done', 'refused') \
                 ORDER BY r.ended_at DESC, r.id LIMIT ?1"
            );
            let mut rows = Vec::new();
            for (sql, limit) in [(open, OPEN), (ended, ANSWERED)] {
                rows.extend(tx.query(&sql, params![limit], |row| {
                    let text = |column| row.text(row::COUNT.saturating_add(column));
                    Ok((row::read(row)?, text(0)?, text(1)?, row.opt_bytes(row::COUNT.saturating_add(2))?))
                })?);
            }
            Ok(rows)
        })
        .await
        .map_err(WriteError::<DbError>::flatten)?;
    let task = |(request, display_name, masked_number, sealed): (_, _, _, Option<Vec<u8>>)| {
        let request: citizen_contract::my_data::DataRequest = request;
        let wish = Wish::unseal(&identity.numbers, request.id, sealed.as_deref());
        DataTask { display_name, masked_number, words: wish.words, correction: wish.correction, request }
    };
    Ok(DataTasks { tasks: rows.into_iter().map(task).collect(), as_of: identity.backend.clock.now() })
}
