//! The world of the scenarios: people with real apps, one real backend, and a network between them.
//!
//! Nobody's clock moves by itself; [`Person::works`] does what is due now, and
//! [`World::passes_ms`] lets time pass for everybody.

mod clock;
mod office;
mod people;
mod person;
mod writing;

use std::path::Path;
use std::sync::Arc;

use citizen_backend::db::Engine;
use citizen_contract::ids::UnitId;

pub use clock::{IN_APRIL, WorldClock};
pub use office::Office;
pub use people::Who;
pub use person::Person;
pub use writing::{TAN_DUONG, Writing};

use crate::reader::Reader;

/// Everything that a scenario needs.
pub struct World {
    /// The backend.
    pub office: Office,
    /// Everybody's clock.
    pub clock: Arc<WorldClock>,
}

impl World {
    /// A world whose backend keeps its rows in this engine.
    pub async fn on(engine: Engine) -> Self {
        let clock = Arc::new(WorldClock::default());
        let office = Office::open(engine, clock.clone()).await;
        Self { office, clock }
    }

    /// A world whose backend keeps everything on the disk of `folder`.
    pub async fn in_folder(folder: &Path) -> Self {
        let clock = Arc::new(WorldClock::default());
        let office = Office::open_in(folder, clock.clone()).await;
        Self { office, clock }
    }

    /// A person who has signed in on a device of their own.
    ///
    /// # Panics
    /// When the backend does not let them in.
    pub async fn person(&self, who: Who) -> Person {
        self.person_on(who, &std::env::temp_dir()).await
    }

    /// The same with the device's files on the disk of `folder`.
    ///
    /// # Panics
    /// When the backend does not let them in.
    pub async fn person_on(&self, who: Who, folder: &Path) -> Person {
        let person = Person::arrives(who, &self.office, self.clock.clone(), folder).await;
        person.signs_in_as(who).await.expect("the person signs in");
        person.works().await;
        person
    }

    /// A device on which nobody has signed in yet.
    pub async fn device(&self, who: Who) -> Person {
        Person::arrives(who, &self.office, self.clock.clone(), &std::env::temp_dir()).await
    }

    /// The second client, reading past every proxy.
    pub async fn reader(&self, who: Who) -> Reader {
        Reader::sign_in(&self.office.url(), who.number(), who.password()).await
    }

    /// Time passes for everybody.
    pub fn passes_ms(&self, ms: i64) {
        self.clock.advance_ms(ms);
    }

    /// The commune in which the sample handler and approver work.
    #[must_use]
    pub fn tan_duong(&self) -> UnitId {
        UnitId(TAN_DUONG.to_owned())
    }
}
