//! What a client process is sent to do, and how it does it with the real core.

use std::collections::HashMap;
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use citizen_contract::deployment::Deployment;
use citizen_contract::hash::ContentHash;
use citizen_contract::ids::UnitId;
use citizen_core::app::{App, AppConfig};
use citizen_core::http::HttpTransport;
use citizen_core::photos::Agreement;
use citizen_core::ports::{Phase, PhaseObserver, Ports, SystemClock, SystemRandom};
use citizen_core::reports::DraftPatch;
use citizen_core::shown::PlaceInput;
use citizen_core::worker::Next;
use serde::{Deserialize, Serialize};

use super::Point;
use crate::key_file::KeyFiles;
use crate::photos::Shot;
use crate::world::{TAN_DUONG, Who};

/// One client process's orders.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Errand {
    /// The device's folder.
    pub data_dir: PathBuf,
    /// The backend.
    pub deployment: Deployment,
    /// Begins the words that tell this process's reports apart.
    pub name: String,
    /// The number of its first report, which decides on the photos.
    pub first: u32,
    /// How many reports it writes.
    pub reports: u32,
    /// Where it ends itself.
    pub kill_at: Option<Point>,
    /// Whether it says "saved" too early, so that the harness can show that it would notice.
    pub early_acknowledgement: bool,
    /// Whether a report counts as arrived without its photos: a backend that lost one takes none.
    pub words_are_enough: bool,
    /// Once this file is there, it writes no further report.
    pub stop: Option<PathBuf>,
}

/// What may travel beside a photo.
const AGREEMENT: Agreement = Agreement { time: true, place: false };

/// The photos of a report: two, two with equal bytes, or now and then one of several chunks, which
/// takes as long as ten of the others.
#[must_use]
pub fn shots_of(number: u32) -> Vec<Shot> {
    match (number % 8, number % 2) {
        (7, _) => vec![Shot::RotatedWithPosition],
        (_, 0) => vec![Shot::OldPhone, Shot::Mirrored],
        _ => vec![Shot::OldPhone, Shot::OldPhone],
    }
}

/// The hash of a photo as the core prepares it.
///
/// # Panics
/// When the photo cannot be prepared.
#[must_use]
pub fn prepared_hash(shot: Shot) -> ContentHash {
    let prepared = citizen_core::photos::prepare(&shot.bytes(), AGREEMENT).expect("a photo that is prepared");
    ContentHash::of(&prepared.bytes)
}

/// The word between brackets by which a report is known again.
#[must_use]
pub fn token_in(words: &str) -> Option<&str> {
    words.split_once('[')?.1.split_once(']').map(|(token, _)| token)
}

fn say(line: &str) {
    // One write a line: what was said before a SIGKILL is in the pipe whole.
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(format!("{line}\n").as_bytes());
    let _ = out.flush();
}

/// Names each phase, and ends the process at one of them.
struct Observer {
    errand: Errand,
    seen: Mutex<HashMap<Phase, u32>>,
    token: Mutex<String>,
}

impl PhaseObserver for Observer {
    fn reached(&self, phase: Phase) {
        say(&format!("phase {}", phase.as_str()));
        if self.errand.early_acknowledgement && phase == Phase::Enqueueing {
            say(&format!("saved {}", self.token.lock().unwrap_or_else(PoisonError::into_inner)));
        }
        let count = {
            let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            let count = seen.entry(phase).or_default();
            *count += 1;
            *count
        };
        if self.errand.kill_at.as_ref().is_some_and(|at| at.phase == phase.as_str() && at.nth == count) {
            super::end_myself();
        }
    }
}

impl Errand {
    /// Signs in if need be, finishes what an earlier process left, writes the reports and waits
    /// until everything has arrived.
    ///
    /// # Panics
    /// When the core refuses something that it must not refuse.
    pub async fn run(self) {
        let observer =
            Arc::new(Observer { errand: self.clone(), seen: Mutex::default(), token: Mutex::default() });
        let app = self.open(observer.clone()).await;
        while app.session_view().await.expect("the store works").account.is_none() {
            let _ = app.sign_in(Who::Citizen.number(), Who::Citizen.password()).await;
        }
        for number in self.first..self.first + self.reports {
            if self.stop.as_ref().is_some_and(|stop| stop.exists()) {
                break;
            }
            let token = format!("{}-{number}", self.name);
            observer.token.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&token);
            say(&format!("intended {token}"));
            write(&app, &token, number).await;
            if !self.early_acknowledgement {
                say(&format!("saved {token}"));
            }
            self.drain(&app).await;
        }
        self.drain(&app).await;
        say("done");
    }

    async fn open(&self, phases: Arc<dyn PhaseObserver>) -> App {
        let ports = Ports {
            clock: Arc::new(SystemClock::default()),
            random: Arc::new(SystemRandom),
            keys: Arc::new(KeyFiles::open(&self.data_dir.join("keys")).expect("a folder for keys")),
            transport: Arc::new(HttpTransport::new(&self.deployment.base_url, &[]).expect("a transport")),
            phases,
        };
        let config = AppConfig {
            data_dir: self.data_dir.join("app"),
            instance: "kill".to_owned(),
            deployment: self.deployment.clone(),
            device_name: "máy thử".to_owned(),
        };
        App::open(config, ports).await.expect("the app opens over whatever a kill left")
    }

    /// Works until everything has arrived. A backend that is down is tried again at once.
    async fn drain(&self, app: &App) {
        loop {
            if matches!(app.engine().step().await, Ok(Next::Again)) {
                continue;
            }
            let items = app.outbox_view().await.expect("the outbox can be read").items;
            assert!(items.iter().all(|item| item.problem.is_none()), "an item needs the person");
            if items.iter().all(|item| item.percent == 100 || (self.words_are_enough && item.text_sent)) {
                return;
            }
            // A pause only keeps a dead backend's client from spinning.
            tokio::time::sleep(Duration::from_millis(20)).await;
            app.network_changed().await.expect("the store works");
        }
    }
}

async fn write(app: &App, token: &str, number: u32) {
    let id = app.draft_new().await.expect("a draft").id;
    let patch = DraftPatch {
        category_id: Some(Some("duong_sa".to_owned())),
        text: Some(format!("Phiếu [{token}]: ổ gà trước cổng chợ")),
        place: Some(PlaceInput {
            unit_id: Some(UnitId(TAN_DUONG.to_owned())),
            words: "gần đình làng".to_owned(),
            ..PlaceInput::default()
        }),
        public: Some(false),
    };
    app.draft_save(id, patch).await.expect("the draft is saved");
    for shot in shots_of(number) {
        app.draft_add_photo(id, shot.bytes(), AGREEMENT).await.expect("the photo is taken");
    }
    let view = app.draft_submit(id).await.expect("the report is queued");
    assert!(view.command_id.is_some(), "the report misses {:?}", view.missing);
}
