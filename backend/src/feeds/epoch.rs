//! The epoch: which life of the database a cursor comes from.

use crate::db::{DbError, Tx};
use crate::params;

/// Sets the epoch if there is none yet. Call it after migrating, at every start; `fresh` is random.
pub fn begin(tx: &mut Tx<'_>, fresh: &str) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO feed_epoch (one, epoch) VALUES (1, ?1) ON CONFLICT (one) DO NOTHING",
        params![fresh],
    )?;
    Ok(())
}

/// Starts a new epoch: after a restore positions are given out again for other changes, so that every
/// cursor from before has to begin anew.
pub fn restart(tx: &mut Tx<'_>, fresh: &str) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO feed_epoch (one, epoch) VALUES (1, ?1) \
         ON CONFLICT (one) DO UPDATE SET epoch = excluded.epoch",
        params![fresh],
    )?;
    tx.execute("UPDATE feeds SET epoch = ?1", params![fresh])?;
    Ok(())
}
