//! Report numbers: taken from the database in blocks, handed out from memory, with gaps.

use std::collections::VecDeque;
use std::sync::Arc;

use tokio::sync::Mutex;

use crate::db::{Db, DbError, WriteError};
use crate::params;

/// How many numbers a process takes at a time.
const BLOCK: i64 = 256;

/// The numbers that this process may still hand out. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct Numbers {
    left: Arc<Mutex<VecDeque<String>>>,
}

impl Numbers {
    /// A number such as `TN-004198` that nobody had before.
    ///
    /// # Errors
    /// The database's, when a new block is needed.
    pub async fn take(&self, db: &Db, prefix: &str) -> Result<String, DbError> {
        let mut left = self.left.lock().await;
        if let Some(number) = left.pop_front() {
            return Ok(number);
        }
        let of = prefix.to_owned();
        let end = db
            .write(move |tx| {
                tx.query_one(
                    "INSERT INTO number_blocks (prefix, next) VALUES (?1, ?2) \
                     ON CONFLICT (prefix) DO UPDATE SET next = number_blocks.next + ?3 RETURNING next",
                    params![of.as_str(), BLOCK.saturating_add(1), BLOCK],
                    |row| row.int(0),
                )
            })
            .await
            .map_err(WriteError::<DbError>::flatten)?;
        let mut fresh = (end.saturating_sub(BLOCK)..end).map(|number| format!("{prefix}-{number:06}"));
        let first = fresh.next().ok_or(DbError::NoRow)?;
        left.extend(fresh);
        Ok(first)
    }

    /// Takes a number back that certainly stands in no row.
    pub async fn give_back(&self, number: String) {
        self.left.lock().await.push_front(number);
    }
}
