//! Report numbers: taken from the database in blocks, handed out from memory, with gaps.

use std::collections::VecDeque;
use std::sync::Arc;

use tokio::sync::Mutex;

use crate::db::{Db, DbError, WriteError};
use crate::params;

/// How many numbers a process takes at a time.
const BLOCK: i64 = 256;
/// With so few left, the next block is fetched while the rest is still handed out, so that nobody
/// waits for it: a pause there would leave the writing thread without a group.
const FEW: usize = 128;

/// The numbers that this process may still hand out. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct Numbers {
    left: Arc<Mutex<Left>>,
}

#[derive(Debug, Default)]
struct Left {
    numbers: VecDeque<String>,
    /// Somebody is fetching. Who goes away meanwhile leaves it so, until all numbers are used up.
    fetching: bool,
}

impl Numbers {
    /// A number such as `TN-004198` that nobody had before.
    ///
    /// # Errors
    /// The database's, when a new block is needed at once.
    pub async fn take(&self, db: &Db, prefix: &str) -> Result<String, DbError> {
        let mut left = self.left.lock().await;
        let Some(number) = left.numbers.pop_front() else {
            let mut fresh = fetch(db, prefix).await?;
            let first = fresh.pop_front().ok_or(DbError::NoRow)?;
            *left = Left { numbers: fresh, fetching: false };
            return Ok(first);
        };
        if left.numbers.len() < FEW && !left.fetching {
            left.fetching = true;
            drop(left);
            let fetched = fetch(db, prefix).await;
            let mut left = self.left.lock().await;
            left.fetching = false;
            // There is a number at hand; whoever needs the block will meet the fault again.
            left.numbers.extend(fetched.unwrap_or_default());
        }
        Ok(number)
    }

    /// Takes a number back that certainly stands in no row.
    pub async fn give_back(&self, number: String) {
        self.left.lock().await.numbers.push_front(number);
    }
}

async fn fetch(db: &Db, prefix: &str) -> Result<VecDeque<String>, DbError> {
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
    Ok((end.saturating_sub(BLOCK)..end).map(|number| format!("{prefix}-{number:06}")).collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::task::{Context, Waker};

    use futures::future::join_all;

    use super::*;
    use crate::db::DbUrl;

    async fn fresh() -> (tempfile::TempDir, Db) {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&DbUrl::sqlite(folder.path().join("a.db"))).unwrap();
        db.migrate(crate::ledger::MIGRATIONS).await.unwrap();
        (folder, db)
    }

    #[tokio::test]
    async fn no_number_comes_twice_however_many_ask_at_once() {
        let (_folder, db) = fresh().await;
        let numbers = Numbers::default();
        let taken = join_all((0..1_000).map(|_| numbers.take(&db, "TN"))).await;
        let different: BTreeSet<String> = taken.into_iter().map(Result::unwrap).collect();
        assert_eq!(different.len(), 1_000);
    }

    #[tokio::test]
    async fn who_goes_away_while_fetching_ahead_leaves_numbers_for_all() {
        let (_folder, db) = fresh().await;
        let numbers = Numbers::default();
        let mut taken = BTreeSet::new();
        while numbers.left.lock().await.numbers.len() != FEW {
            taken.insert(numbers.take(&db, "TN").await.unwrap());
        }
        {
            // Unconstrained, because a lock also answers "pending" to a task that has run long enough.
            let mut leaving = Box::pin(tokio::task::unconstrained(numbers.take(&db, "TN")));
            assert!(leaving.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        }
        assert!(numbers.left.lock().await.fetching);
        for _ in 0..1_000 {
            assert!(taken.insert(numbers.take(&db, "TN").await.unwrap()));
        }
    }
}
