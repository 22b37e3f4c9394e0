//! What of this slice goes by itself: sessions that are over, codes and counts that say nothing any
//! more, devices long unheard of.

use super::Identity;
use super::{attempt, challenge, code_limits, device};
use crate::db::{DbError, WriteError};
use crate::feeds;
use crate::params;

/// Removes all of it, and tells devices of those that left their list.
///
/// # Errors
/// The database's.
pub async fn sweep(identity: &Identity) -> Result<(), DbError> {
    let now = identity.backend.clock.now();
    let today = identity.backend.profile.calendar.day_of(now);
    let swept = identity
        .backend
        .db
        .write(move |tx| {
            challenge::sweep(tx, now)?;
            code_limits::sweep(tx, now)?;
            attempt::sweep(tx, now)?;
            let changes = device::sweep_sessions(tx, now)?;
            device::sweep(tx, today)?;
            tx.execute("DELETE FROM erased_sessions WHERE ends_at <= ?1", params![now.0])?;
            feeds::bump(tx, &changes)
        })
        .await
        .map_err(WriteError::<DbError>::flatten)?;
    identity.backend.nudges.tell(swept);
    Ok(())
}
