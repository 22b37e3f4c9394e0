//! Opening a report for an act, and finishing the act.

use citizen_contract::ids::UnitId;
use citizen_contract::problem::{Problem, ProblemCode};
use citizen_contract::report_state::{Act, Actor, ReportState, next};
use citizen_contract::time::UtcMillis;

use super::announce::moved;
use super::append::{Step, append};
use super::counts::{self, Queue};
use super::history;
use super::order::{Done, Order, Refusal};
use super::payload::Payload;
use super::photos;
use super::row::{self, ReportRow};
use super::word::word;
use crate::auth::roles::may_ever;
use crate::db::Tx;

/// A report on which an act is allowed and under way.
#[derive(Debug)]
pub struct OpenReport {
    /// The row, locked; the verb changes it. Its state is already the one after the act.
    pub row: ReportRow,
    /// In which capacity the person acts.
    pub actor: Actor,
    /// The state before the act.
    pub before: ReportState,
    was_in: Queue,
    was_with: Option<UnitId>,
    act: Act,
}

impl OpenReport {
    /// Opens the report that the command is about.
    ///
    /// # Errors
    /// `not-found` for whoever has no business with it, `forbidden`, `revision-conflict` with what
    /// happened since, `act-not-allowed`.
    pub fn open(tx: &mut Tx<'_>, order: &Order) -> Result<Self, Refusal> {
        let report = order.envelope.body.report_id(order.envelope.id);
        let row = row::lock(tx, report)?.ok_or(ProblemCode::NotFound)?;
        let capacities = order.reader.capacities(row.standing());
        let sight = order.reader.sight(row.standing()).ok_or(ProblemCode::NotFound)?;
        let act = order.envelope.body.act().ok_or(ProblemCode::Forbidden)?;
        if !capacities.iter().any(|actor| may_ever(act, *actor)) {
            return Err(ProblemCode::Forbidden.into());
        }
        if let Some(expected) = order.envelope.expected_revision
            && expected != row.revision
        {
            let history = history::of(tx, report)?;
            if expected > row.revision || history.changed_by_others(expected, order.reader.account) {
                let mut conflict = Problem::new(ProblemCode::RevisionConflict);
                conflict.since = history.timeline(sight, expected);
                return Err(conflict.into());
            }
        }
        let step = capacities.iter().find_map(|actor| next(row.state, act, *actor).map(|to| (*actor, to)));
        let (actor, to) = step.ok_or(ProblemCode::ActNotAllowed)?;
        Ok(Self {
            before: row.state,
            was_in: row.queue,
            was_with: row.handling_unit.clone(),
            act,
            actor,
            row: ReportRow { state: to, ..row },
        })
    }

    /// Appends the event and writes the row.
    ///
    /// # Errors
    /// A refusal of the attachments, or of the room.
    pub fn finish(
        mut self,
        tx: &mut Tx<'_>,
        order: &Order,
        payload: Payload,
        to_unit: Option<UnitId>,
    ) -> Result<Done, Refusal> {
        let row = &mut self.row;
        row.revision = row.revision.saturating_add(1);
        row.queue = Queue::of(row.state);
        row.due_at = match row.queue {
            Queue::ToTakeIn | Queue::AwaitingSender => row.take_in_by,
            Queue::Handling => row.answer_by.unwrap_or(row.take_in_by),
            Queue::Done if self.act == Act::Note => row.due_at,
            Queue::Done => order.now,
        };
        let attachments = &order.envelope.attachments;
        row.photos_declared =
            row.photos_declared.saturating_add(u32::try_from(attachments.len()).unwrap_or(u32::MAX));
        let unit = match self.actor {
            Actor::Sender => None,
            Actor::Intake => Some(row.intake_unit.clone()),
            Actor::Handler | Actor::Approver => self.was_with.clone(),
        };
        let step = Step {
            act: word(self.act),
            at: order.now,
            actor: Some((order.reader.account, self.actor)),
            unit,
            to_unit,
            command: Some(order.envelope.id),
            payload: Payload { attachments: attachments.clone(), ..payload },
            salt: order.salt,
        };
        append(tx, row, &step)?;
        row.update(tx)?;
        photos::declare(tx, row, order, self.act)?;
        counts::shift(tx, &row.intake_unit, row.id, Some(self.was_in), row.queue)?;
        let left = self.was_with.filter(|unit| Some(unit) != row.handling_unit.as_ref());
        Ok(done(row, None, left.as_ref()))
    }
}

pub(super) fn done(row: &ReportRow, first_deadline: Option<UtcMillis>, left: Option<&UnitId>) -> Done {
    Done {
        report_id: row.id,
        number: row.number.clone(),
        revision: row.revision,
        first_deadline,
        moved: moved(row, left),
        queue_moved: true,
    }
}
