//! The face of the core: one method a command of the window, one view an answer.
//!
//! Here the slices are joined. To add a command, add a method in the file of its screen; it reads
//! the stores off the async threads and hands out a view. No method waits for the network except
//! registering, signing in, cutting a device off, queries, and photos that are not on this device.
//! Methods that show something personal begin with `signed_in`, which refuses while the app is locked.

mod act;
mod active;
mod card;
mod checks;
mod contact;
mod devices;
mod drafts;
mod earlier;
mod erased;
mod error;
mod export;
mod flush;
mod home;
mod links;
mod lock;
mod my_data;
mod notices;
mod outbox;
mod outbox_view;
mod photos;
mod register;
mod reports;
mod session;
mod set_aside;
mod settings;
mod staff;
mod workbench;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use citizen_contract::deployment::Deployment;
use citizen_contract::documents::Catalogue;
use citizen_contract::signed::decode_key;
use citizen_contract::time::UtcMillis;
use ed25519_dalek::VerifyingKey;
use tokio::sync::{Notify, broadcast};

pub use act::{ActDraftKind, ActRequest};
pub use checks::{CardCheckView, NationalFailure, VerifyView};
pub use error::{AppError, CoreError};
pub use export::{ExportProgress, ExportView};
pub use home::{AlertRow, HomeView};
pub use my_data::DataWish;
pub use notices::News;
pub use outbox_view::{OutboxItem, OutboxView, ProblemView, WaitCode};
pub use photos::{Photo, PhotoVariant};
pub use register::{RegisterStartView, SignInView};
pub use set_aside::SetAsideView;
pub use settings::{Language, SettingsView, TextSize, Theme};

use crate::events::{CoreEvent, Events};
use crate::identity::KeyNames;
use crate::identity::challenge::Waiting;
use crate::identity::devices::NewDevice;
use crate::identity::way_back::Returns;
use crate::locality::Locality;
use crate::ports::Ports;
use crate::shown::NetworkView;
use crate::store::{InstanceLock, StoreError, off_thread};
use crate::{sync, worker};
use active::{Active, Vault};

/// What an instance of the app is.
#[derive(Debug, Clone)]
pub struct AppConfig {
    /// Where its files are.
    pub data_dir: PathBuf,
    /// Its name, which its key store entries carry.
    pub instance: String,
    /// Which backend it belongs to.
    pub deployment: Deployment,
    /// How the person will recognise this device in a list.
    pub device_name: String,
}

/// The app without a window.
pub struct App {
    config: AppConfig,
    ports: Ports,
    root: VerifyingKey,
    names: KeyNames,
    events: Events,
    locality: RwLock<Locality>,
    vault: RwLock<Vault>,
    active: RwLock<Arc<Active>>,
    switched: Notify,
    /// Held while a draft is read, changed and written, so that two changes never undo each other.
    edits: tokio::sync::Mutex<()>,
    /// The code that is waited for.
    waiting: Mutex<Option<Waiting>>,
    /// The new devices that the window was told of.
    told_of: Mutex<Vec<NewDevice>>,
    /// Recovery codes that are shown once their second factor is confirmed.
    recovery: Mutex<Vec<String>>,
    /// When the backend was last told that the person is here.
    told_active: Mutex<Option<UtcMillis>>,
    /// Told when nobody waits for the browser any more.
    dropped: Notify,
    /// How far a copy of the person's data is.
    exporting: Mutex<ExportProgress>,
    /// The link that was opened last and not yet followed; inside, the report that it names.
    link: Mutex<Option<Option<String>>>,
    /// Links by which the browser comes back from the national identification.
    returns: Returns,
    _lock: InstanceLock,
}

impl App {
    /// Opens an instance and the files of whoever is signed in. No request is made.
    ///
    /// # Errors
    /// [`AppError`], such as `already-open` or `deployment-unusable`.
    pub async fn open(config: AppConfig, ports: Ports) -> Result<Self, AppError> {
        let root = decode_key(&config.deployment.root_public_key).map_err(|_| AppError::Deployment)?;
        let carried = Locality::carried(&config.deployment.profile).map_err(|_| AppError::Deployment)?;
        let data_dir = config.data_dir.clone();
        let lock = off_thread(move || {
            let lock = InstanceLock::take(&data_dir)?;
            active::sweep_session_only(&data_dir, &lock);
            erased::sweep(&data_dir, &lock);
            Ok::<_, StoreError>(lock)
        })
        .await?;
        let names = KeyNames::of(&config.instance);
        let events = Events::default();
        let vault = Vault::find(&config.data_dir, &ports, &names).await?;
        let opening =
            active::Opening { config: &config, ports: &ports, root, names: &names, events: &events };
        let active = Arc::new(opening.signed_in(&vault).await?);
        let app = Self {
            config,
            ports,
            root,
            names,
            events,
            locality: RwLock::new(carried),
            vault: RwLock::new(vault),
            active: RwLock::new(active),
            switched: Notify::new(),
            edits: tokio::sync::Mutex::new(()),
            waiting: Mutex::default(),
            recovery: Mutex::default(),
            told_active: Mutex::default(),
            told_of: Mutex::default(),
            dropped: Notify::new(),
            exporting: Mutex::default(),
            link: Mutex::default(),
            returns: Returns::default(),
            _lock: lock,
        };
        app.reload_catalogue().await?;
        Ok(app)
    }

    /// Sends, uploads and syncs until dropped. Run it beside the window.
    pub async fn run(&self) {
        let mut heard = self.events.subscribe();
        loop {
            let active = self.active();
            tokio::select! {
                () = active.engine.run() => {}
                () = self.switched.notified() => {}
                () = active.lock_in_time() => {}
                () = self.follow_documents(&mut heard) => {}
            }
        }
    }

    /// The worker of whoever is signed in now, for driving it step by step.
    #[must_use]
    pub fn engine(&self) -> Arc<worker::Engine> {
        self.active().engine.clone()
    }

    /// Where changes are announced.
    #[must_use]
    pub fn events(&self) -> Events {
        self.events.clone()
    }

    /// Hears changes from now on.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<CoreEvent> {
        self.events.subscribe()
    }

    /// The device's network changed: try everything now.
    ///
    /// # Errors
    /// [`AppError`] if the store fails.
    pub async fn network_changed(&self) -> Result<(), AppError> {
        Ok(self.active().engine.wake_up().await?)
    }

    fn now(&self) -> UtcMillis {
        self.ports.clock.now()
    }

    fn active(&self) -> Arc<Active> {
        self.active.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn vault(&self) -> Vault {
        self.vault.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn locality(&self) -> Locality {
        self.locality.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn switch_to(&self, active: Active) {
        self.forget_waiting_of_session();
        *self.active.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(active);
        self.switched.notify_one();
        self.events.announce(CoreEvent::Session);
        self.events.announce(CoreEvent::Documents);
        self.events.announce(CoreEvent::Outbox);
    }

    fn network(&self) -> NetworkView {
        let active = self.active();
        let last_sync_at = sync::last_synced(&active.store.cache).unwrap_or_default();
        NetworkView { state: active.engine.network(), last_sync_at }
    }

    /// Takes the catalogue that came down, if there is one.
    async fn reload_catalogue(&self) -> Result<(), AppError> {
        let cache = self.active().store.cache.clone();
        let kept =
            off_thread(move || sync::documents::get::<Catalogue>(&cache, "catalogue", "catalogue")).await;
        // A catalogue of a newer backend that cannot be read leaves the one that came with the program.
        let kept = match kept {
            Err(StoreError::Shape) => None,
            other => other?,
        };
        if let Some(kept) = kept {
            let newer = self.locality().with(kept.body);
            *self.locality.write().unwrap_or_else(PoisonError::into_inner) = newer;
        }
        Ok(())
    }

    async fn follow_documents(&self, heard: &mut broadcast::Receiver<CoreEvent>) {
        loop {
            match heard.recv().await {
                Ok(CoreEvent::Documents) | Err(broadcast::error::RecvError::Lagged(_)) => {
                    if let Err(error) = self.reload_catalogue().await {
                        tracing::warn!(code = error.code(), "catalogue cannot be read");
                    }
                    if let Err(error) = self.tell_of_new_devices().await {
                        tracing::warn!(code = error.code(), "devices cannot be read");
                    }
                }
                Ok(_) => {}
                Err(broadcast::error::RecvError::Closed) => return,
            }
        }
    }
}

#[cfg(test)]
mod tests;
