//! The recorded outcomes, under (account, command id).

use citizen_contract::ids::{AccountId, CommandId};
use citizen_contract::outcome::Verdict;

use super::task::Task;
use crate::db::{DbError, Tx};
use crate::params;

/// Whether a command is new.
pub(super) enum Claim {
    /// It is, and nobody else decides it now.
    New,
    /// It was decided, for these bytes.
    Decided(Verdict),
    /// Its id was used for other bytes.
    OtherBytes,
}

/// Claims a command's key, with the outcome that it has unless it is refused. An equal command at the
/// same time waits here and then finds the outcome.
pub(super) fn claim(tx: &mut Tx<'_>, task: &Task) -> Result<Claim, DbError> {
    let (account, command) = (task.account.to_string(), task.id.to_string());
    let expected = task.prepared.as_ref().map_or("", |prepared| prepared.text.as_str());
    let claimed = tx.execute(
        "INSERT INTO command_outcomes (account, command_id, content_sha256, accepted, verdict, decided_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (account, command_id) DO NOTHING",
        params![&account, &command, task.content.as_str(), task.prepared.is_some(), expected, task.now.0],
    )?;
    if claimed == 1 {
        return Ok(Claim::New);
    }
    let (hash, verdict) = tx.query_one(
        "SELECT content_sha256, verdict FROM command_outcomes WHERE account = ?1 AND command_id = ?2",
        params![account, command],
        |row| Ok((row.text(0)?, row.text(1)?)),
    )?;
    if hash != task.content.as_str() {
        return Ok(Claim::OtherBytes);
    }
    let read = |_| DbError::Column { index: 1, wanted: "a verdict", found: "other text".to_owned() };
    serde_json::from_str(&verdict).map(Claim::Decided).map_err(read)
}

/// Records the outcome of a claimed command.
pub(super) fn record(
    tx: &mut Tx<'_>,
    account: AccountId,
    command: CommandId,
    verdict: &Verdict,
) -> Result<(), DbError> {
    tx.execute(
        "UPDATE command_outcomes SET accepted = ?3, verdict = ?4 WHERE account = ?1 AND command_id = ?2",
        params![
            account.to_string(),
            command.to_string(),
            matches!(verdict, Verdict::Accepted { .. }),
            text(verdict)?
        ],
    )?;
    Ok(())
}

/// A verdict as it is recorded.
pub(super) fn text(verdict: &Verdict) -> Result<String, DbError> {
    serde_json::to_string(verdict).map_err(|_| DbError::Statement {
        code: "verdict".to_owned(),
        message: "a verdict does not serialise".to_owned(),
    })
}

/// Whether an earlier command of this account was accepted; nothing if it never arrived.
pub(super) fn accepted(
    tx: &mut Tx<'_>,
    account: AccountId,
    command: CommandId,
) -> Result<Option<bool>, DbError> {
    tx.query_opt(
        "SELECT accepted FROM command_outcomes WHERE account = ?1 AND command_id = ?2",
        params![account.to_string(), command.to_string()],
        |row| Ok(row.int(0)? != 0),
    )
}
