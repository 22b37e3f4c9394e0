//! The clock of a sample world: it starts in the past, goes on at the usual pace, and after a restart
//! continues where the world had come to instead of beginning again.

use citizen_contract::time::UtcMillis;

use crate::clock::ShiftedClock;
use crate::db::{DbError, DbUrl, Tx, WriteError};
use crate::open::{StartError, open_db};
use crate::params;

/// The latest moments that the world remembers. Rows are few in a sample world.
const LATEST: [&str; 3] = [
    "SELECT MAX(decided_at) FROM command_outcomes",
    "SELECT MAX(created_at) FROM sessions",
    "SELECT MAX(rotated_at) FROM sessions",
];

/// A clock that starts at `start`, or later where something has happened since.
///
/// # Errors
/// [`StartError`]
pub async fn resume(url: &DbUrl, start: UtcMillis) -> Result<ShiftedClock, StartError> {
    let db = open_db(url).await?;
    let latest = db.read(latest).await.map_err(WriteError::<DbError>::flatten)?;
    Ok(ShiftedClock::starting_at(latest.map_or(start, |latest| latest.max(start))))
}

fn latest(tx: &mut Tx<'_>) -> Result<Option<UtcMillis>, DbError> {
    let mut latest = None;
    for sql in LATEST {
        latest = latest.max(tx.query_one(sql, params![], |row| row.opt_int(0))?);
    }
    Ok(latest.map(UtcMillis))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock as _;
    use crate::db::testing::{ENGINES, Fresh};
    use crate::testing::{Person, World};

    #[tokio::test]
    async fn the_world_goes_on_where_it_stopped() {
        for engine in ENGINES {
            let fresh = Fresh::new(engine);
            let world = World::over(fresh.open()).await;
            let start = world.now();
            assert!(resume(fresh.url(), start.plus_millis(5)).await.unwrap().now() >= start.plus_millis(5));
            world.accept(Person::Citizen, &world.submit()).await;
            let stopped = world.now();
            assert!(stopped > start);
            let resumed = resume(fresh.url(), start).await.unwrap().now();
            assert!(resumed >= stopped && resumed < stopped.plus_millis(3_600_000));
        }
    }
}
