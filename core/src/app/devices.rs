//! The devices of the account: the list, news of new ones, and cutting one off.

use citizen_contract::ids::DeviceId;

use super::{App, AppError};
use crate::events::CoreEvent;
use crate::identity::devices::{self, DeviceRowView, DevicesView, NewDevice};
use crate::outbox::retry;
use crate::ports::{Method, Request};
use crate::store::off_thread;
use crate::sync::{self, documents};

impl App {
    /// The devices of whoever is signed in, as they came down last.
    ///
    /// # Errors
    /// [`AppError`] if nobody is signed in or the store fails.
    pub async fn devices(&self) -> Result<DevicesView, AppError> {
        let devices = self.device_rows().await?;
        let as_of = sync::last_synced(&self.active().store.cache)?;
        Ok(DevicesView { now: self.now(), network: self.network(), devices, as_of })
    }

    /// Ends the session of another device and forgets that it was known.
    ///
    /// # Errors
    /// [`AppError`], `not-found` if the account has no such device, `offline` if the backend cannot
    /// be asked.
    pub async fn device_cut_off(&self, id: DeviceId) -> Result<DevicesView, AppError> {
        let (active, _) = self.signed_in()?;
        let answer = self.ask(Request::new(Method::Delete, format!("/v1/devices/{id}"))).await?;
        if answer.status != 204 && answer.status != 404 {
            return Err(AppError::Query(retry::of_status(&answer)));
        }
        let cache = active.store.cache.clone();
        off_thread(move || documents::forget(&cache, devices::KIND, &id.to_string())).await?;
        active.engine.want_sync();
        self.events.announce(CoreEvent::Documents);
        if answer.status == 404 {
            return Err(AppError::Missing);
        }
        self.devices().await
    }

    /// The person was told of all devices that are new here.
    ///
    /// # Errors
    /// [`AppError`] if nobody is signed in or the store fails.
    pub async fn devices_seen(&self) -> Result<(), AppError> {
        let rows = self.device_rows().await?;
        let outbox = self.signed_in()?.0.store.outbox.clone();
        off_thread(move || devices::mark_seen(&outbox, &rows)).await?;
        self.tell_of_new_devices().await?;
        self.events.announce(CoreEvent::Session);
        Ok(())
    }

    /// Announces devices that have come since the last time.
    pub(super) async fn tell_of_new_devices(&self) -> Result<(), AppError> {
        let new = self.new_devices().await?;
        let more = {
            let mut told = self.told_of.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            let more = new.iter().any(|it| !told.contains(it));
            *told = new;
            more
        };
        if more {
            self.events.announce(CoreEvent::Session);
        }
        Ok(())
    }

    /// Devices that the person was not told of; none while nobody is signed in.
    pub(super) async fn new_devices(&self) -> Result<Vec<NewDevice>, AppError> {
        match self.device_rows().await {
            Ok(rows) => Ok(devices::new_ones(&rows)),
            Err(AppError::SignedOut | AppError::Locked) => Ok(Vec::new()),
            Err(other) => Err(other),
        }
    }

    async fn device_rows(&self) -> Result<Vec<DeviceRowView>, AppError> {
        let (active, session) = self.signed_in()?;
        let (store, here) = (active.store.clone(), session.device_id().await);
        Ok(off_thread(move || devices::rows(&store.cache, &store.outbox, here)).await?)
    }
}
