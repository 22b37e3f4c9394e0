//! People and their commands for tests: a small world over a fresh backend. Only in tests, of this
//! package and of others.

mod commands;
mod people;
mod stop;

use std::sync::Arc;

use citizen_contract::documents::{Document, ReportDocument};
use citizen_contract::ids::{CommandId, ReportId, UnitId};
use citizen_contract::outcome::{CommandOutcome, Receipt, Verdict};
use citizen_contract::problem::Problem;
use citizen_contract::sync::{Content, Cursor, SyncAnswer, SyncRequest};
use citizen_contract::time::UtcMillis;

use crate::auth::Reader;
use crate::clock::Clock as _;
use crate::db::{Db, DbError, Migration, Tx, WriteError};
use crate::stage::{self, HandClock};
use crate::{Backend, feeds, places};

pub use commands::CommandText;
pub use people::{Person, roles_of};
pub use stop::OrStop;

/// A backend with people.
pub struct World {
    /// The backend.
    pub backend: Backend,
    /// Its clock.
    pub clock: Arc<HandClock>,
    /// The commune that handles reports.
    pub commune: UnitId,
    /// Another commune.
    pub other_commune: UnitId,
    made: std::sync::atomic::AtomicU64,
}

/// All tables of a backend.
pub const MIGRATIONS: &[&[Migration]] = &[
    feeds::MIGRATIONS,
    crate::identity::MIGRATIONS,
    places::MIGRATIONS,
    crate::ledger::MIGRATIONS,
    crate::commands::MIGRATIONS,
    crate::files::MIGRATIONS,
    crate::verify::MIGRATIONS,
    crate::search::MIGRATIONS,
    crate::audit::MIGRATIONS,
];

impl World {
    /// A world over an empty database.
    pub async fn over(db: Db) -> Self {
        let clock = HandClock::in_april();
        let backend = stage::backend(db, MIGRATIONS, &clock).await;
        let intake = backend.profile.locality.intake_unit.clone();
        let today = backend.profile.calendar.day_of(clock.now());
        let communes = backend.profile.units.iter().filter(|unit| {
            unit.in_force(today)
                && unit.entry.kind == citizen_contract::documents::UnitKind::Commune
                && unit.entry.id != intake
        });
        let mut communes = communes.map(|unit| unit.entry.id.clone());
        let (commune, other_commune) = (communes.next().or_stop(), communes.next().or_stop());
        let world = Self { backend, clock, commune, other_commune, made: 0.into() };
        world.write(|tx| feeds::begin(tx, "first")).await;
        let catalogue = world.backend.profile.catalogue();
        world.write(move |tx| places::import::import(tx, &catalogue).map(drop)).await;
        for person in Person::ALL {
            let row = world.row(person);
            world.write(move |tx| row.insert(tx)).await;
        }
        world
    }

    /// Who somebody is, with their roles.
    pub fn reader(&self, person: Person) -> Reader {
        Reader { account: person.account(), roles: roles_of(person, self), child: false }
    }

    /// A command id that was never used.
    pub fn fresh_id(&self) -> CommandId {
        let made = self.made.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        let mut random = [0; 10];
        random[2..].copy_from_slice(&made.to_be_bytes());
        CommandId::from_parts(self.clock.now(), random)
    }

    /// Sends one command.
    pub async fn send(&self, person: Person, command: &CommandText) -> CommandOutcome {
        let texts = vec![command.text.clone()];
        let outcomes = crate::commands::accept(&self.backend, &self.reader(person), texts).await;
        outcomes.outcomes.into_iter().next().or_stop()
    }

    /// Sends a command that must be accepted, some minutes after what was before.
    pub async fn accept(&self, person: Person, command: &CommandText) -> Receipt {
        self.clock.advance_s(300);
        match self.send(person, command).await.verdict {
            Verdict::Accepted { receipt } => serde_json::from_str(&receipt.payload).or_stop(),
            other => panic!("{person:?}: {other:?}"),
        }
    }

    /// Sends a command that must be refused for good.
    pub async fn refuse(&self, person: Person, command: &CommandText) -> Problem {
        match self.send(person, command).await.verdict {
            Verdict::Refused { problem } => problem,
            other => panic!("{person:?}: {other:?}"),
        }
    }

    /// A report of the citizen.
    pub async fn report(&self) -> ReportId {
        self.accept(Person::Citizen, &self.submit()).await.report_id.or_stop()
    }

    /// A report that the commune has.
    pub async fn assigned(&self) -> ReportId {
        let report = self.report().await;
        self.accept(Person::Officer, &self.assign(report, &self.commune)).await;
        report
    }

    /// A report whose answer is published.
    pub async fn answered(&self) -> ReportId {
        let report = self.assigned().await;
        self.accept(Person::Handler, &self.words("report.answer", report, "Đã khơi thông cống.")).await;
        self.accept(Person::Approver, &self.bare("report.approve", report)).await;
        report
    }

    /// The report as somebody sees it.
    pub async fn view(&self, person: Person, report: ReportId) -> Option<ReportDocument> {
        let reader = self.reader(person);
        let request = citizen_contract::query::ReportRequest { report_id: report };
        self.read(move |tx| crate::reports::read::report(tx, &reader, &request)).await.ok()
    }

    /// Everything after these cursors.
    pub async fn sync(&self, person: Option<Person>, cursors: Vec<Cursor>) -> SyncAnswer {
        let reader = person.map(|person| self.reader(person));
        let request = SyncRequest { cursors, limit: 100 };
        crate::sync::answer(&self.backend, reader.as_ref(), request).await.or_stop()
    }

    /// Runs a closure that must succeed.
    pub async fn write<T: Send + 'static>(
        &self,
        closure: impl Fn(&mut Tx<'_>) -> Result<T, DbError> + Send + Sync + 'static,
    ) -> T {
        self.backend.db.write(closure).await.map_err(WriteError::flatten).or_stop()
    }

    /// Reads with a closure that must succeed.
    pub async fn read<T: Send + 'static>(
        &self,
        closure: impl Fn(&mut Tx<'_>) -> Result<T, DbError> + Send + Sync + 'static,
    ) -> T {
        self.backend.db.read(closure).await.map_err(WriteError::flatten).or_stop()
    }

    /// The time.
    pub fn now(&self) -> UtcMillis {
        self.clock.now()
    }
}

/// The cursors after an answer.
pub fn cursors(answer: &SyncAnswer) -> Vec<Cursor> {
    let cursor = |feed: &citizen_contract::sync::FeedDelta| Cursor {
        feed: feed.feed.clone(),
        epoch: feed.epoch.clone(),
        after: feed.next,
    };
    answer.feeds.iter().map(cursor).collect()
}

/// The reports in an answer, and the ids of those that are gone.
pub fn reports(answer: &SyncAnswer) -> (Vec<ReportDocument>, Vec<String>) {
    let (mut here, mut gone) = (Vec::new(), Vec::new());
    for change in answer.feeds.iter().flat_map(|feed| &feed.changes) {
        match &change.content {
            Content::Here(Document::Report(report)) => here.push((**report).clone()),
            Content::Here(_) => {}
            Content::Gone { .. } => gone.push(change.doc_id.clone()),
        }
    }
    (here, gone)
}
