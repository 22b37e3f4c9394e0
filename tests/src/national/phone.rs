//! A real app of somebody at a [`Bureau`].

use std::path::Path;
use std::sync::Arc;

use citizen_contract::deployment::Deployment;
use citizen_core::app::{App, AppConfig};
use citizen_core::http::HttpTransport;
use citizen_core::ports::{NoObserver, Ports, SystemClock, SystemRandom};
use citizen_core::worker::Next;

use super::Bureau;
use crate::switched_keys::SwitchedKeys;
use crate::world::Who;

impl Bureau {
    /// An app in `folder` on which somebody has signed in and synced.
    ///
    /// # Panics
    /// If they are not let in.
    pub async fn phone(&self, who: Who, folder: &Path) -> App {
        let (base_url, root_public_key) = self.deployment();
        let config = AppConfig {
            data_dir: folder.to_path_buf(),
            instance: format!("{who:?}"),
            deployment: Deployment {
                base_url: base_url.clone(),
                root_public_key,
                profile: "thuy-nguyen".to_owned(),
                demo: true,
            },
            device_name: "máy thử".to_owned(),
        };
        let ports = Ports {
            clock: Arc::new(SystemClock::default()),
            random: Arc::new(SystemRandom),
            keys: Arc::new(SwitchedKeys::default()),
            transport: Arc::new(HttpTransport::new(&base_url, &[]).expect("a transport")),
            phases: Arc::new(NoObserver),
        };
        let app = App::open(config.clone(), ports.clone()).await.expect("the app opens");
        app.sign_in(who.number(), who.password()).await.expect("they sign in");
        syncs(&app).await;
        // Nobody runs it here, so that it takes the catalogue that came down when it starts.
        drop(app);
        App::open(config, ports).await.expect("the app opens again")
    }
}

/// Sends and syncs until there is nothing to do.
///
/// # Panics
/// If the store fails.
pub async fn syncs(app: &App) {
    for _ in 0..100 {
        if let Next::At(_) = app.engine().step().await.expect("the store works") {
            return;
        }
    }
    panic!("the worker never rests");
}
