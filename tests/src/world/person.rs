//! A person with a real app on a folder of their own, and a network of their own to the backend.

use std::path::Path;
use std::sync::Arc;

use citizen_contract::command::Rating;
use citizen_contract::ids::{CommandId, ReportId, UnitId};
use citizen_contract::registration::ConsentGiven;
use citizen_core::app::{ActDraftKind, ActRequest, App, AppConfig, AppError, OutboxItem};
use citizen_core::http::HttpTransport;
use citizen_core::identity::form::RegisterForm;
use citizen_core::photos::Agreement;
use citizen_core::ports::{Clock, KeyStore, NoObserver, PhaseObserver, Ports, SystemRandom};
use citizen_core::reports::ReportView;
use citizen_core::worker::Next;
use tempfile::TempDir;

use super::clock::WrongClock;
use super::writing::Writing;
use super::{Office, Who, WorldClock};
use crate::photos::Shot;
use crate::proxy::Proxy;
use crate::switched_keys::SwitchedKeys;

/// A device: its folder, its key store, its network. Who uses it may change.
pub struct Person {
    /// Who signed in first.
    pub who: Who,
    /// The network between this device and the backend.
    pub network: Proxy,
    clock: Arc<WorldClock>,
    /// The key store of this device.
    pub keys: Arc<SwitchedKeys>,
    phases: Arc<dyn PhaseObserver>,
    config: AppConfig,
    app: Option<App>,
    folder: TempDir,
    /// How wrong this device's clock is.
    wrong_by_ms: i64,
}

impl Person {
    /// A person with a new device whose files lie below `on`, not signed in.
    pub(super) async fn arrives(who: Who, office: &Office, clock: Arc<WorldClock>, on: &Path) -> Self {
        let network = Proxy::start(office.running().addr).await.expect("a proxy");
        let folder = TempDir::new_in(on).expect("a folder for the device");
        let config = AppConfig {
            data_dir: folder.path().to_path_buf(),
            instance: format!("{who:?}"),
            deployment: office.deployment(network.url()),
            device_name: "máy thử".to_owned(),
        };
        let keys = Arc::new(SwitchedKeys::default());
        let phases = Arc::new(NoObserver);
        let mut person =
            Self { who, network, clock, keys, phases, config, app: None, folder, wrong_by_ms: 0 };
        person.starts().await;
        person
    }

    /// The app.
    ///
    /// # Panics
    /// While it is ended.
    #[must_use]
    pub fn app(&self) -> &App {
        self.app.as_ref().expect("the app runs")
    }

    /// The device's folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Starts the app over what is on the device.
    ///
    /// # Panics
    /// When it cannot be opened.
    pub async fn starts(&mut self) {
        self.tries_to_start().await.expect("the app opens");
    }

    /// Starts the app, if what is on the device lets it.
    ///
    /// # Errors
    /// What the person would be told.
    ///
    /// # Panics
    /// When no HTTP client can be made.
    pub async fn tries_to_start(&mut self) -> Result<(), AppError> {
        let ports = Ports {
            clock: Arc::new(WrongClock { right: Arc::clone(&self.clock), by_ms: self.wrong_by_ms }),
            random: Arc::new(SystemRandom),
            keys: Arc::clone(&self.keys) as Arc<dyn KeyStore>,
            transport: Arc::new(HttpTransport::new(&self.network.url(), &[]).expect("a transport")),
            phases: Arc::clone(&self.phases),
        };
        self.app = Some(App::open(self.config.clone(), ports).await?);
        Ok(())
    }

    /// Ends the app, as the system does with one in the background.
    pub fn ends(&mut self) {
        self.app = None;
    }

    /// Ends the app without saying good-bye, and starts it again.
    pub async fn restarts(&mut self) {
        self.ends();
        self.starts().await;
    }

    /// Somebody sets this device's clock to another time than everybody's, and starts the app again.
    pub async fn believes_ms(&mut self, wrong_by_ms: i64) {
        self.wrong_by_ms = wrong_by_ms;
        self.restarts().await;
    }

    /// Signs in on this device.
    ///
    /// # Errors
    /// What the screen would be told.
    pub async fn signs_in_as(&self, who: Who) -> Result<(), AppError> {
        self.app().sign_in(who.number(), who.password()).await.map(drop)
    }

    /// Fills in the form of a registration and sends it; a code is on its way then.
    ///
    /// # Errors
    /// What the screen would be told.
    ///
    /// # Panics
    /// When something in the form is wrong.
    pub async fn asks_to_register(&self, phone: &str) -> Result<(), AppError> {
        let form = RegisterForm {
            citizen_id: self.who.number().to_owned(),
            full_name: self.who.name().to_owned(),
            birth_date: Some("17/05/1992".to_owned()),
            sex: None,
            phone: phone.to_owned(),
            home_unit: None,
            representative_phone: None,
            consents: vec![ConsentGiven { purpose: "account".to_owned(), wording: "2024-04".to_owned() }],
        };
        let started = self.app().register_start(form).await?;
        assert_eq!(started.problems, [], "the form is right");
        assert!(started.challenge.is_some());
        Ok(())
    }

    /// Types the code of a registration and the password.
    ///
    /// # Errors
    /// What the screen would be told.
    pub async fn registers_with(&self, code: &str) -> Result<(), AppError> {
        self.app().register_finish(code, self.who.password()).await.map(drop)
    }

    /// Switches this device's network off.
    pub async fn goes_offline(&self) {
        self.network.go_offline().await;
    }

    /// Switches it on, and the device notices.
    ///
    /// # Panics
    /// When the store fails.
    pub async fn goes_online(&self) {
        self.network.go_online().await;
        self.app().network_changed().await.expect("the store works");
    }

    /// Lets the worker do what is due now, until it has nothing more.
    ///
    /// # Panics
    /// When the store fails, or the worker never rests.
    pub async fn works(&self) {
        for _ in 0..500 {
            if let Next::At(_) = self.app().engine().step().await.expect("the store works") {
                return;
            }
        }
        panic!("the worker never rests");
    }

    /// Lets the worker work through the coming time, as long as it wants to be called again in it.
    ///
    /// # Panics
    /// When the store fails, or the worker never rests.
    pub async fn works_for_ms(&self, ms: i64) {
        let until = Clock::now(&*self.clock).plus_millis(ms);
        for _ in 0..2_000 {
            match self.app().engine().step().await.expect("the store works") {
                Next::Again => {}
                Next::At(at) if at >= until => {
                    self.clock.advance_ms(until.0 - Clock::now(&*self.clock).0);
                    return;
                }
                Next::At(at) => self.clock.advance_ms((at.0 - Clock::now(&*self.clock).0).max(1)),
            }
        }
        panic!("the worker never rests");
    }

    /// Looks for changes and takes them down.
    pub async fn looks(&self) {
        self.app().engine().want_sync();
        self.works().await;
    }

    /// Begins a report.
    #[must_use]
    pub fn writes_report(&self, words: &str) -> Writing<'_> {
        Writing::begin(self, words)
    }

    /// What is in this person's outbox, as the screen shows it.
    ///
    /// # Panics
    /// When nobody is signed in or the store fails.
    pub async fn outbox(&self) -> Vec<OutboxItem> {
        self.app().outbox_view().await.expect("the outbox can be read").items
    }

    /// One command of the outbox.
    ///
    /// # Panics
    /// When it is not there.
    pub async fn item(&self, command: CommandId) -> OutboxItem {
        let mut items = self.outbox().await;
        items.retain(|item| item.command_id == command);
        items.pop().expect("the command is in the outbox")
    }

    /// A report as this person's screen shows it.
    ///
    /// # Panics
    /// When this person has no such report.
    pub async fn report(&self, report: ReportId) -> ReportView {
        self.app().report_view(report).await.expect("the report can be shown")
    }

    /// Acts on a report; the command waits in the outbox.
    ///
    /// # Panics
    /// When the form misses something or the store fails.
    pub async fn acts(&self, report: ReportId, act: ActRequest) -> CommandId {
        let view = self.app().act(report, act).await.expect("the act is queued");
        view.command_id.unwrap_or_else(|| panic!("the act misses {:?}", view.missing))
    }

    /// The intake office passes a report to a unit.
    pub async fn assigns(&self, report: ReportId, unit: &UnitId) -> CommandId {
        let urgency = citizen_contract::command::Urgency::Normal;
        let assign = ActRequest::Assign { unit_id: unit.clone(), urgency, note: String::new() };
        self.acts(report, assign).await
    }

    /// The unit answers with a photo of what it did.
    ///
    /// # Panics
    /// When the store fails or the photo is not taken.
    pub async fn answers(&self, report: ReportId, words: &str, shot: Shot) -> CommandId {
        let draft = self.app().act_draft(report, ActDraftKind::Answer).await.expect("a draft");
        let agreement = Agreement { time: true, place: false };
        let draft_id = draft.id;
        self.app().draft_add_photo(draft_id, shot.bytes(), agreement).await.expect("the photo is taken");
        self.acts(report, ActRequest::Answer { words: words.to_owned(), draft_id: Some(draft_id) }).await
    }

    /// The sender rates.
    pub async fn rates(&self, report: ReportId, rating: Rating, words: &str) -> CommandId {
        self.acts(report, ActRequest::Rate { rating, words: words.to_owned() }).await
    }
}
