//! Where the tour takes place: one backend, one network for the phone, windows, a clock in 2024.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use citizen_backend::clock::{Clock, ShiftedClock};
use citizen_backend::db::Engine;
use citizen_contract::deployment::Deployment;

use super::Glass;
use crate::proxy::Proxy;
use crate::reader::Reader;
use crate::window::{AppWindow, Launch, Screen, WindowError};
use crate::world::{IN_APRIL, Office, Who};

/// A device of the tour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Device {
    /// The citizen's phone, on a network that can be switched off.
    Phone,
    /// The phone that a citizen takes beside the first one; its network is never off.
    OtherPhone,
    /// The desktop at the intake office.
    IntakeDesk,
    /// The desktop of the handler, in a commune whose network can be switched off.
    HandlerDesk,
    /// The desktop of the approver.
    ApproverDesk,
    /// The desktop of the district's administrator.
    AdministratorDesk,
    /// The desktop of an official who is new.
    NewDesk,
}

impl Device {
    fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::OtherPhone => "other-phone",
            Self::IntakeDesk => "intake",
            Self::HandlerDesk => "handler",
            Self::ApproverDesk => "approver",
            Self::AdministratorDesk => "administrator",
            Self::NewDesk => "new-desk",
        }
    }

    fn is_phone(self) -> bool {
        matches!(self, Self::Phone | Self::OtherPhone)
    }
}

/// Everything that stands around the windows.
pub struct Stage {
    /// The backend.
    pub office: Office,
    /// The phone's network.
    pub network: Proxy,
    /// The network of the handler's desk.
    pub commune_network: Proxy,
    screen: Screen,
    clock: ShiftedClock,
    folder: tempfile::TempDir,
    pictures: PathBuf,
    readers: BTreeMap<Who, Reader>,
    step: u32,
    glass: Glass,
    misfits: Mutex<Vec<String>>,
    /// What a new official's authenticator holds.
    pub(super) secret: String,
}

impl Stage {
    /// Sets it up; pictures go where `CITIZEN_TOUR_PICTURES` says, or to `target/tour`.
    ///
    /// # Panics
    /// When the backend or the display does not start.
    pub async fn set(glass: Glass) -> Self {
        let clock = ShiftedClock::starting_at(IN_APRIL);
        let office = Office::open(Engine::Sqlite, Arc::new(clock)).await;
        let url = office.url();
        let mut readers = BTreeMap::new();
        // Before any window opens: a device that signs in later is told of in the windows.
        for who in [Who::Citizen, Who::Handler] {
            readers.insert(who, Reader::sign_in(&url, who.number(), who.password()).await);
        }
        let network = Proxy::start(office.running().addr).await.expect("a proxy");
        let commune_network = Proxy::start(office.running().addr).await.expect("a proxy");
        let pictures = std::env::var_os("CITIZEN_TOUR_PICTURES")
            .map_or_else(|| Launch::built_app().with_file_name("tour"), PathBuf::from)
            .join(glass.folder());
        let screen = Screen::any().expect("a display");
        let folder = tempfile::tempdir().expect("a folder for the devices");
        Self {
            office,
            network,
            commune_network,
            screen,
            clock,
            folder,
            pictures,
            readers,
            step: 0,
            glass,
            misfits: Mutex::default(),
            secret: String::new(),
        }
    }

    /// Keeps the pictures of another story in a folder of their own.
    #[must_use]
    pub fn chapter(mut self, name: &str) -> Self {
        self.pictures.push(name);
        self
    }

    /// Where the files of the devices lie.
    pub(super) fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Opens the app on a device; what an earlier run left there is still there.
    ///
    /// # Errors
    /// [`WindowError`] if the window does not open.
    pub async fn open(&self, device: Device) -> Result<AppWindow, WindowError> {
        let launch = self.launch(device)?;
        AppWindow::open(&self.screen, &launch).await
    }

    /// How the app is started on a device.
    pub(super) fn launch(&self, device: Device) -> Result<Launch, WindowError> {
        let base_url = match device {
            Device::Phone => self.network.url(),
            Device::HandlerDesk => self.commune_network.url(),
            _ => self.office.url(),
        };
        let deployment = self.folder.path().join(format!("{}.json", device.name()));
        self.write_deployment(&deployment, self.office.deployment(base_url))?;
        Ok(Launch {
            app: Launch::built_app(),
            data_dir: self.folder.path().join(device.name()),
            deployment,
            clock_start: Some(self.clock.now().0),
            size: if device.is_phone() { self.glass.phone() } else { self.glass.desk() },
            text: self.glass.text(),
            session_key: false,
        })
    }

    /// The time in the windows and at the backend.
    pub(super) fn now(&self) -> citizen_contract::time::UtcMillis {
        self.clock.now()
    }

    /// The display.
    pub(super) fn screen(&self) -> &Screen {
        &self.screen
    }

    fn write_deployment(&self, path: &std::path::Path, deployment: Deployment) -> Result<(), WindowError> {
        let text = serde_json::to_string_pretty(&deployment).map_err(std::io::Error::from)?;
        Ok(std::fs::write(path, text)?)
    }

    /// The second client, which has been signed in from the beginning.
    ///
    /// # Panics
    /// For a person whom no story asks about.
    #[must_use]
    pub fn reader(&self, who: Who) -> &Reader {
        self.readers.get(&who).expect("a second client of this person")
    }

    /// Tells a step.
    pub fn tell(&mut self, what: &str) {
        self.step += 1;
        println!("{:>2}. {what}", self.step);
    }

    /// Keeps a picture of a window under the current step, and looks whether everything on it fits.
    ///
    /// # Errors
    /// [`WindowError`] if there is no picture or the file cannot be written.
    pub async fn picture(&self, window: &AppWindow, name: &str) -> Result<(), WindowError> {
        let path = self.pictures.join(format!("{:02}-{name}.png", self.step));
        let misfits = window.misfits().await?;
        window.picture(&path).await?;
        println!("      {}", path.display());
        for misfit in &misfits {
            println!("      ✗ {misfit}");
        }
        let mut all = self.misfits.lock().expect("no step ended in the middle");
        all.extend(misfits.into_iter().map(|misfit| format!("{:02}-{name}: {misfit}", self.step)));
        Ok(())
    }

    /// On every picture of the story everything fitted and could be pressed.
    ///
    /// # Panics
    /// With all that did not.
    pub fn everything_fitted(&self) {
        let all = self.misfits.lock().expect("no step ended in the middle");
        assert!(all.is_empty(), "on {:?} screens:\n{}", self.glass, all.join("\n"));
    }
}

/// Signs in from the first screen.
///
/// # Errors
/// [`WindowError`] if the screen does not let the person in.
pub async fn sign_in(window: &AppWindow, who: Who) -> Result<(), WindowError> {
    window.press("welcome-sign-in").await?;
    window.write("sign-in-number", who.number()).await?;
    window.write("sign-in-password", who.password()).await?;
    window.press("sign-in-send").await?;
    match who {
        // At home on a phone the name greets; the rail of a small desk has no room for it.
        Who::Citizen | Who::Newcomer => window.says(who.name()).await,
        _ => window.holds("account-name", who.name()).await,
    }
}
