//! Reading the outbox for screens.

use citizen_contract::command::Envelope;
use citizen_contract::ids::{CommandId, ReportId};
use citizen_contract::time::UtcMillis;
use rusqlite::{Row, Transaction, params};

use super::attachments::{Attachment, owned};
use super::drafts::parse;
use super::{CommandState, OutboxError, Trouble, Waiting};
use crate::store::{Database, StoreError};

/// A command as screens need it.
#[derive(Debug, Clone)]
pub struct Item {
    /// What was frozen.
    pub envelope: Envelope,
    /// Such as `report.submit`.
    pub kind: String,
    /// The report.
    pub report_id: ReportId,
    /// Where it stands.
    pub state: CommandState,
    /// Why it waits.
    pub waiting: Option<Waiting>,
    /// When it is tried next; 0 for at once.
    pub next_at: UtcMillis,
    /// Whether it is behind another command of its lane.
    pub behind: bool,
    /// Whether the text may have reached the backend.
    pub exposed: bool,
    /// Whether it has a form, so that it can become a draft again.
    pub has_form: bool,
    /// Why it needs the person.
    pub trouble: Option<Trouble>,
    /// Bytes of the text.
    pub text_bytes: u64,
    /// The report's number from the receipt.
    pub report_number: Option<String>,
    /// When the backend received it.
    pub received_at: Option<UtcMillis>,
    /// By when the office takes it in.
    pub first_deadline: Option<UtcMillis>,
    /// When the receipt came.
    pub sent_at: Option<UtcMillis>,
    /// The report's revision after it, from the receipt.
    pub revision: Option<u64>,
    /// Its photos.
    pub photos: Vec<Attachment>,
}

impl Item {
    /// The command.
    #[must_use]
    pub fn id(&self) -> CommandId {
        self.envelope.id
    }

    /// Whether it has no receipt yet.
    #[must_use]
    pub fn unsent(&self) -> bool {
        self.received_at.is_none()
    }
}

const COLUMNS: &str = "text, kind, lane, state, waiting, next_at,
    EXISTS (SELECT 1 FROM commands AS before WHERE before.id = commands.after AND before.receipt IS NULL),
    exposed, form IS NOT NULL, trouble, length(text), report_number, received_at, first_deadline, sent_at, revision";

/// All commands that are not settled, in the order in which the person acted.
///
/// # Errors
/// [`OutboxError::Store`].
pub fn open(db: &Database) -> Result<Vec<Item>, OutboxError> {
    db.read(|tx| query(tx, "state <> 'settled'", ""))
}

/// The commands of one report, in order, settled ones included.
///
/// # Errors
/// [`OutboxError::Store`].
pub fn of_report(db: &Database, report: ReportId) -> Result<Vec<Item>, OutboxError> {
    db.read(|tx| query(tx, "lane = ?1", &report.to_string()))
}

/// One command.
///
/// # Errors
/// [`OutboxError::Missing`] if there is none with this id.
pub fn one(db: &Database, id: CommandId) -> Result<Item, OutboxError> {
    db.read(|tx| query(tx, "id = ?1", &id.to_string())?.pop().ok_or(OutboxError::Missing))
}

/// How many commands wait for being sent, and how many need the person.
///
/// # Errors
/// [`OutboxError::Store`].
pub fn counts(db: &Database) -> Result<(u32, u32), OutboxError> {
    let sql = "SELECT coalesce(sum(state IN ('queued', 'sending') OR (state = 'sent' AND EXISTS
                 (SELECT 1 FROM attachments WHERE owner = commands.id AND state = 'waiting'))), 0),
               coalesce(sum(state = 'needs_person'), 0) FROM commands";
    db.read(|tx| Ok(tx.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?))
}

fn query(tx: &Transaction<'_>, condition: &str, value: &str) -> Result<Vec<Item>, OutboxError> {
    let sql = format!("SELECT {COLUMNS} FROM commands WHERE {condition} ORDER BY seq");
    let mut statement = tx.prepare_cached(&sql)?;
    let wanted: &[&dyn rusqlite::ToSql] = if condition.contains("?1") { params![value] } else { &[] };
    let mut items = statement.query_map(wanted, read)?.collect::<Result<Vec<_>, _>>()?;
    for item in &mut items {
        item.photos = owned(tx, item.envelope.id)?;
    }
    Ok(items)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Item> {
    let time = |column| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(column)?.map(UtcMillis));
    let text: String = row.get(0)?;
    let trouble: Option<String> = row.get(9)?;
    Ok(Item {
        envelope: json(&text)?,
        kind: row.get(1)?,
        report_id: parse(row, 2)?,
        state: row.get(3)?,
        waiting: row.get(4)?,
        next_at: UtcMillis(row.get(5)?),
        behind: row.get(6)?,
        exposed: row.get(7)?,
        has_form: row.get(8)?,
        trouble: trouble.map(|text| json(&text)).transpose()?,
        text_bytes: row.get(10)?,
        report_number: row.get(11)?,
        received_at: time(12)?,
        first_deadline: time(13)?,
        sent_at: time(14)?,
        revision: row.get(15)?,
        photos: Vec::new(),
    })
}

fn json<T: serde::de::DeserializeOwned>(text: &str) -> rusqlite::Result<T> {
    serde_json::from_str(text).map_err(|_| {
        let shape = Box::new(StoreError::Shape);
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, shape)
    })
}
