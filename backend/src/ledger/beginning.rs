//! A new report: everything that can be made before its transaction, and the writing of it.

use citizen_contract::problem::ProblemCode;
use citizen_contract::report_state::{Act, Actor};

use super::append::{Sealed, Step, seal};
use super::open::done;
use super::order::{Done, Order, Refusal};
use super::payload::Payload;
use super::row::ReportRow;
use super::word::word;
use super::{counts, photos};
use crate::db::{DbError, Tx, Value};

/// A new report with its first event sealed. Nothing is written yet, and no database was asked, so
/// that it is made beside the one thread that writes.
#[derive(Debug)]
pub struct Beginning {
    row: ReportRow,
    columns: Vec<Value>,
    event: Sealed,
    done: Done,
}

impl Beginning {
    /// Seals the first event of `row`; `folded` is what the search finds it by.
    ///
    /// # Errors
    /// [`DbError`] for a payload that does not serialise.
    pub fn new(order: &Order, mut row: ReportRow, payload: Payload, folded: &str) -> Result<Self, DbError> {
        let step = Step {
            act: word(Act::Submit),
            at: order.now,
            actor: Some((order.reader.account, Actor::Sender)),
            unit: None,
            to_unit: None,
            command: Some(order.envelope.id),
            payload: Payload { attachments: order.envelope.attachments.clone(), ..payload },
            salt: order.salt,
        };
        let event = seal(&mut row, &step)?;
        let columns = row.columns(folded);
        let done = done(&row, Some(row.take_in_by), None);
        Ok(Self { row, columns, event, done })
    }

    /// What the writing will have done.
    #[must_use]
    pub fn done(&self) -> &Done {
        &self.done
    }

    /// Writes the row, the event and the announced photos.
    ///
    /// # Errors
    /// `command-id-reused` if the report's id is taken, or a refusal of the attachments or the room.
    pub fn write(&self, tx: &mut Tx<'_>, order: &Order) -> Result<Done, Refusal> {
        // A stranger's command may have had this id. The row goes first, because it says so quietly.
        if !ReportRow::insert(tx, &self.columns)? {
            return Err(ProblemCode::CommandIdReused.into());
        }
        self.event.write(tx)?;
        photos::declare(tx, &self.row, order, Act::Submit)?;
        counts::shift(tx, &self.row.intake_unit, self.row.id, None, self.row.queue)?;
        Ok(self.done.clone())
    }
}
