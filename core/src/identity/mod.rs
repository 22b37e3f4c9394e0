//! Who is signed in on this device, and the tokens that prove it.
//!
//! Tokens live in the key store and nowhere else. No device clock decides whether a token still
//! serves: the backend's `401` does, and then the session is refreshed once for everybody who waits.

mod answers;
pub mod birth;
pub mod card;
pub mod challenge;
pub mod checks;
pub mod contact;
pub mod devices;
pub mod form;
mod here;
pub mod loopback;
pub mod my_data;
mod names;
pub mod refresh;
mod register;
mod reset_password;
mod sign_in;
mod sign_out;
pub mod staff;
pub mod vault;
pub mod view;
pub mod way_back;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use citizen_contract::checks::Check;
use citizen_contract::ids::DeviceId;
use citizen_contract::session::{AccountView, SessionGrant};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use zeroize::{Zeroize as _, Zeroizing};

use crate::ports::{KeyStore, Ports, Secret};
use crate::store::{StoreError, off_thread};
pub use answers::SignInError;
use birth::Birth;
pub use here::Here;
use here::Person;
pub use names::{GUEST, KeyNames};
pub use register::register;
pub use reset_password::reset_password;
pub use sign_in::{SignedIn, sign_in};

/// A session as it is kept in the key store.
#[derive(Clone, Serialize, Deserialize)]
struct KeptSession {
    account: AccountView,
    access_token: String,
    refresh_token: String,
    /// The citizen-ID number with most digits hidden, as the person typed it here.
    #[serde(default)]
    masked_number: String,
    /// Which device this is in the account's list.
    #[serde(default)]
    device_id: Option<DeviceId>,
    /// For refusing PINs that say it.
    #[serde(default)]
    birth: Option<Birth>,
    /// The backend ended the session; everything stays, somebody must sign in again.
    #[serde(default)]
    ended: bool,
    /// It ended because the account was erased.
    #[serde(default)]
    erased: bool,
}

impl Drop for KeptSession {
    fn drop(&mut self) {
        self.access_token.zeroize();
        self.refresh_token.zeroize();
    }
}

impl KeptSession {
    fn of(grant: SessionGrant, masked_number: String, birth: Option<Birth>) -> Self {
        Self {
            masked_number,
            birth,
            device_id: Some(grant.device_id),
            account: grant.account,
            access_token: grant.access_token,
            refresh_token: grant.refresh_token,
            ended: false,
            erased: false,
        }
    }
}

/// The session of the account that uses this instance.
pub struct Session {
    ports: Ports,
    keys: Arc<dyn KeyStore>,
    names: KeyNames,
    kept: Mutex<KeptSession>,
    /// The key store did not take the newest tokens; it is asked again.
    behind: AtomicBool,
}

impl Session {
    /// The session that the key store holds for this instance, if any.
    ///
    /// # Errors
    /// [`StoreError::Keys`] if the key store cannot tell.
    pub async fn load(
        ports: &Ports,
        keys: &Arc<dyn KeyStore>,
        names: &KeyNames,
    ) -> Result<Option<Self>, StoreError> {
        let (reader, name) = (keys.clone(), names.session());
        let Some(secret) = off_thread(move || Ok::<_, StoreError>(reader.get(&name)?)).await? else {
            return Ok(None);
        };
        let Ok(kept) = serde_json::from_slice(&secret) else {
            // No program can go on with it, so that somebody signs in again.
            tracing::error!("the kept session cannot be read");
            return Ok(None);
        };
        Ok(Some(Self {
            ports: ports.clone(),
            keys: keys.clone(),
            names: names.clone(),
            kept: Mutex::new(kept),
            behind: AtomicBool::new(false),
        }))
    }

    /// Begins the session that was granted to `person`, and keeps what lets this device sign in
    /// again without a code.
    async fn begin(here: Here<'_>, grant: SessionGrant, person: &Person) -> Result<Self, SignInError> {
        if let Some(token) = grant.device_token.clone() {
            here.keep_device_token(person, token).await?;
        }
        let kept = KeptSession::of(grant, view::masked(&person.citizen_id), person.birth);
        keep(here.keys, here.names, &kept).await?;
        Ok(Self {
            ports: here.ports.clone(),
            keys: here.keys.clone(),
            names: here.names.clone(),
            kept: Mutex::new(kept),
            behind: AtomicBool::new(false),
        })
    }

    /// Which device this is in the account's list, if this session was told.
    pub async fn device_id(&self) -> Option<DeviceId> {
        self.kept.lock().await.device_id
    }

    /// What this device knows of the person's birth.
    pub async fn birth(&self) -> Option<Birth> {
        self.kept.lock().await.birth
    }

    /// Who is signed in.
    pub async fn account(&self) -> AccountView {
        self.kept.lock().await.account.clone()
    }

    /// The account was checked a moment ago; its document will say so too.
    pub async fn was_checked(&self, check: Check) {
        let mut kept = self.kept.lock().await;
        kept.account.check = Some(check);
        self.keep(&kept).await;
    }

    /// The citizen-ID number with most digits hidden.
    pub async fn masked_number(&self) -> String {
        self.kept.lock().await.masked_number.clone()
    }

    /// Whether the backend ended the session, so that somebody must sign in again.
    pub async fn has_ended(&self) -> bool {
        self.kept.lock().await.ended
    }

    /// Whether the session ended because the account was erased.
    pub async fn is_erased(&self) -> bool {
        self.kept.lock().await.erased
    }

    /// The access token, or nothing once the session has ended.
    pub async fn token(&self) -> Option<Secret> {
        let kept = self.kept.lock().await;
        if self.behind.load(Ordering::Relaxed) {
            self.keep(&kept).await;
        }
        (!kept.ended).then(|| Zeroizing::new(kept.access_token.clone().into_bytes()))
    }

    /// Keeps what is so now. A key store that fails is asked again with the next use: the new tokens
    /// serve meanwhile, and what is in the store serves for the time that a lost answer would.
    async fn keep(&self, kept: &KeptSession) {
        let failed = keep(&self.keys, &self.names, kept).await.is_err();
        if failed {
            tracing::warn!("the key store did not take the session");
        }
        self.behind.store(failed, Ordering::Relaxed);
    }
}

async fn keep(keys: &Arc<dyn KeyStore>, names: &KeyNames, kept: &KeptSession) -> Result<(), StoreError> {
    let (keys, name) = (keys.clone(), names.session());
    let secret = Zeroizing::new(serde_json::to_vec(kept)?);
    off_thread(move || Ok(keys.set(&name, &secret)?)).await
}
