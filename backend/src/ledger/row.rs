//! The `reports` row: the projection of a report's events.

use citizen_contract::command::Urgency;
use citizen_contract::ids::{AccountId, ReportId, UnitId};
use citizen_contract::report_state::ReportState;
use citizen_contract::time::UtcMillis;

use super::counts::Queue;
use super::word;
use crate::auth::Standing;
use crate::db::{DbError, Engine, Row, Tx, Value};
use crate::params;

/// One report as routing, rights and lists need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRow {
    /// The report.
    pub id: ReportId,
    /// Its number.
    pub number: String,
    /// Who sent it.
    pub sender: AccountId,
    /// The office that takes it in.
    pub intake_unit: UnitId,
    /// The unit that has it.
    pub handling_unit: Option<UnitId>,
    /// Who proposed the answer that waits or was published.
    pub answered_by: Option<AccountId>,
    /// The count of acts.
    pub revision: u64,
    /// Where it stands.
    pub state: ReportState,
    /// The category's code.
    pub category: String,
    /// How fast.
    pub urgency: Urgency,
    /// Whether others may see it.
    pub public: bool,
    /// The commune it is about.
    pub place_unit: Option<UnitId>,
    /// The first words; erasable.
    pub title: String,
    /// When it came.
    pub submitted_at: UtcMillis,
    /// By when the office takes it in.
    pub take_in_by: UtcMillis,
    /// By when the unit answers.
    pub answer_by: Option<UtcMillis>,
    /// Since when the clock stands still.
    pub paused_since: Option<UtcMillis>,
    /// Where the intake office finds it.
    pub queue: Queue,
    /// What must happen next must happen by then; for a done one, when it was done.
    pub due_at: UtcMillis,
    /// Photos announced.
    pub photos_declared: u32,
    /// Photos whose bytes have arrived.
    pub photos_received: u32,
    /// How many events the chain has.
    pub events: i64,
    /// The hash of the last one.
    pub head: Vec<u8>,
}

pub(super) const COLUMNS: &str = "id, number, sender, intake_unit, handling_unit, answered_by, revision, \
     state, category, urgency, public, place_unit, title, submitted_at, take_in_by, answer_by, \
     paused_since, queue, due_at, photos_declared, photos_received, events, head";

impl ReportRow {
    /// Reads the columns of a `SELECT` that names [`select`]'s.
    ///
    /// # Errors
    /// [`DbError::Column`] when the row is not one that this program wrote.
    pub fn read(row: &Row<'_>) -> Result<Self, DbError> {
        Ok(Self {
            id: word::id(&row.text(0)?, 0)?,
            number: row.text(1)?,
            sender: word::id(&row.text(2)?, 2)?,
            intake_unit: UnitId(row.text(3)?),
            handling_unit: row.opt_text(4)?.map(UnitId),
            answered_by: word::opt_account(row.opt_text(5)?, 5)?,
            revision: count(row.int(6)?, 6)?,
            state: word::read(row.text(7)?, 7)?,
            category: row.text(8)?,
            urgency: word::read(row.text(9)?, 9)?,
            public: row.int(10)? != 0,
            place_unit: row.opt_text(11)?.map(UnitId),
            title: row.text(12)?,
            submitted_at: UtcMillis(row.int(13)?),
            take_in_by: UtcMillis(row.int(14)?),
            answer_by: row.opt_int(15)?.map(UtcMillis),
            paused_since: row.opt_int(16)?.map(UtcMillis),
            queue: word::read(row.text(17)?, 17)?,
            due_at: UtcMillis(row.int(18)?),
            photos_declared: count(row.int(19)?, 19)?,
            photos_received: count(row.int(20)?, 20)?,
            events: row.int(21)?,
            head: row.bytes(22)?,
        })
    }

    /// What decides over rights.
    #[must_use]
    pub fn standing(&self) -> Standing<'_> {
        Standing {
            sender: self.sender,
            intake_unit: &self.intake_unit,
            handling_unit: self.handling_unit.as_ref(),
            answered_by: self.answered_by,
        }
    }

    /// Writes what acts change; the caller has locked the row.
    ///
    /// # Errors
    /// [`DbError`] of the room.
    pub fn update(&self, tx: &mut Tx<'_>) -> Result<(), DbError> {
        tx.execute(
            "UPDATE reports SET handling_unit = ?2, answered_by = ?3, revision = ?4, state = ?5, \
             category = ?6, urgency = ?7, take_in_by = ?8, answer_by = ?9, paused_since = ?10, queue = ?11, \
             due_at = ?12, photos_declared = ?13, photos_received = ?14, events = ?15, head = ?16 WHERE id = ?1",
            params![
                self.id.to_string(),
                self.handling_unit.as_ref().map(UnitId::as_str),
                self.answered_by.map(|account| account.to_string()),
                signed(self.revision),
                word::word(self.state),
                self.category.as_str(),
                word::word(self.urgency),
                self.take_in_by.0,
                self.answer_by.map(|at| at.0),
                self.paused_since.map(|at| at.0),
                word::word(self.queue),
                self.due_at.0,
                self.photos_declared,
                self.photos_received,
                self.events,
                self.head.as_slice(),
            ],
        )?;
        Ok(())
    }

    /// The columns of a new report in the order of [`Self::insert`].
    pub(super) fn columns(&self, folded: &str) -> Vec<Value> {
        params![
            self.id.to_string(),
            self.number.as_str(),
            self.sender.to_string(),
            self.intake_unit.as_str(),
            signed(self.revision),
            word::word(self.state),
            self.category.as_str(),
            word::word(self.urgency),
            self.public,
            self.place_unit.as_ref().map(UnitId::as_str),
            self.title.as_str(),
            folded,
            self.submitted_at.0,
            self.take_in_by.0,
            word::word(self.queue),
            self.due_at.0,
            self.photos_declared,
            self.events,
            self.head.as_slice(),
        ]
        .to_vec()
    }

    /// Writes a new report; false if its id is taken.
    pub(super) fn insert(tx: &mut Tx<'_>, columns: &[Value]) -> Result<bool, DbError> {
        let inserted = tx.execute(
            "INSERT INTO reports (id, number, sender, intake_unit, revision, state, category, urgency, public, \
             place_unit, title, folded, submitted_at, take_in_by, queue, due_at, photos_declared, \
             photos_received, events, head) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, \
             ?14, ?15, ?16, ?17, 0, ?18, ?19) ON CONFLICT (id) DO NOTHING",
            columns,
        )?;
        Ok(inserted == 1)
    }
}

/// A `SELECT` of all columns with this condition.
#[must_use]
pub fn select(condition: &str) -> String {
    format!("SELECT {COLUMNS} FROM reports WHERE {condition}")
}

/// The report, if there is one.
///
/// # Errors
/// [`DbError`] of the room.
pub fn find(tx: &mut Tx<'_>, id: ReportId) -> Result<Option<ReportRow>, DbError> {
    tx.query_opt(&select("id = ?1"), params![id.to_string()], ReportRow::read)
}

/// The report, and nobody else changes it before this transaction ends.
///
/// # Errors
/// [`DbError`] of the room.
pub fn lock(tx: &mut Tx<'_>, id: ReportId) -> Result<Option<ReportRow>, DbError> {
    // SQLite has one writer and knows no such clause.
    let condition = match tx.engine() {
        Engine::Sqlite => "id = ?1",
        Engine::Postgres => "id = ?1 FOR UPDATE",
    };
    tx.query_opt(&select(condition), params![id.to_string()], ReportRow::read)
}

fn count<T: TryFrom<i64>>(value: i64, column: usize) -> Result<T, DbError> {
    T::try_from(value).map_err(|_| DbError::Column {
        index: column,
        wanted: "a count",
        found: "a number out of range".to_owned(),
    })
}

/// A count as the databases keep it.
pub(crate) fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
