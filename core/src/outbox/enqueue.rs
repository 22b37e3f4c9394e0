//! Queueing: the text is written once, hashed, and kept with its photos in one transaction.

use citizen_contract::command::{CommandBody, Credential, Envelope};
use citizen_contract::hash::ContentHash;
use citizen_contract::ids::{CommandId, ReportId};
use citizen_contract::time::UtcMillis;
use rusqlite::{OptionalExtension as _, Transaction, params};

use super::attachments::{self, NewAttachment};
use super::{CommandState, OutboxError, pieces};
use crate::ports::{Phase, PhaseObserver};
use crate::store::{Database, StoreError};

/// What the person decided to do.
#[derive(Debug, Clone)]
pub struct NewCommand {
    /// The draft's id, or a fresh one.
    pub id: CommandId,
    /// What is to happen.
    pub body: CommandBody,
    /// The revision of the report that the person saw, for acts that must not meet another state.
    pub seen_revision: Option<u64>,
    /// What the draft was, for taking the command back.
    pub form: Option<String>,
    /// Photos that are not in the store yet; those of the draft come before them.
    pub photos: Vec<NewAttachment>,
    /// Now.
    pub now: UtcMillis,
}

/// Keeps the command. When this returns `Ok`, no crash and no loss of power loses it.
///
/// # Errors
/// [`OutboxError`]; the draft is then as it was before.
pub fn enqueue(db: &Database, phases: &dyn PhaseObserver, command: &NewCommand) -> Result<(), OutboxError> {
    let kept = db.write(|tx| {
        insert(tx, db, command)?;
        phases.reached(Phase::Enqueueing);
        Ok::<_, OutboxError>(())
    });
    if kept.is_err() && !command.photos.is_empty() {
        pieces::sweep(db);
    }
    kept?;
    phases.reached(Phase::Enqueued);
    Ok(())
}

fn insert(tx: &Transaction<'_>, db: &Database, command: &NewCommand) -> Result<(), OutboxError> {
    attachments::insert(tx, db, command.id, &command.photos)?;
    let report = command.body.report_id(command.id);
    let lane = Lane::read(tx, report)?;
    let envelope = Envelope {
        id: command.id,
        credential: Credential::Account,
        after: lane.last,
        expected_revision: command
            .seen_revision
            .map(|seen| seen.max(lane.receipted).saturating_add(lane.unsent)),
        created_at: command.now,
        attachments: attachments::owned(tx, command.id)?.into_iter().map(|kept| kept.declaration).collect(),
        body: command.body.clone(),
    };
    let text = serde_json::to_string(&envelope)?;
    tx.execute(
        "INSERT INTO commands (id, kind, lane, after, text, sha256, form, state, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            command.id.to_string(),
            kind(&envelope)?,
            report.to_string(),
            lane.last.map(|id| id.to_string()),
            text,
            ContentHash::of(text.as_bytes()).as_str(),
            command.form,
            CommandState::Queued,
            command.now.0,
        ],
    )?;
    tx.execute("DELETE FROM drafts WHERE id = ?1", [command.id.to_string()])?;
    Ok(())
}

/// The kind as it stands in the text, such as `report.submit`.
fn kind(envelope: &Envelope) -> Result<String, OutboxError> {
    let value = serde_json::to_value(&envelope.body)?;
    let kind = value.get("kind").and_then(serde_json::Value::as_str).ok_or(StoreError::Shape)?;
    Ok(kind.to_owned())
}

/// What this device has already said about one report.
struct Lane {
    /// The last command without a receipt; the new one must come after it.
    last: Option<CommandId>,
    /// How many commands have no receipt yet: each will make one revision.
    unsent: u64,
    /// The highest revision in a receipt; the document may not have come down yet.
    receipted: u64,
}

impl Lane {
    fn read(tx: &Transaction<'_>, report: ReportId) -> Result<Self, OutboxError> {
        // A command that was refused, and what hangs on it, will make no revision: what the
        // person does after that does not build on it.
        let open = "lane = ?1 AND state IN ('queued', 'sending')";
        let report = report.to_string();
        let last: Option<String> = tx
            .query_row(
                &format!("SELECT id FROM commands WHERE {open} ORDER BY seq DESC LIMIT 1"),
                [&report],
                |row| row.get(0),
            )
            .optional()?;
        let (unsent, receipted) = tx.query_row(
            &format!(
                "SELECT (SELECT count(*) FROM commands WHERE {open}),
                        coalesce((SELECT max(revision) FROM commands WHERE lane = ?1), 0)"
            ),
            [&report],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let last = last.map(|id| id.parse()).transpose().map_err(|_| StoreError::Shape)?;
        Ok(Self { last, unsent, receipted })
    }
}
