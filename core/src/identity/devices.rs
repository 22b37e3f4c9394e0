//! The devices of the account, from the documents that came down; so the list is there offline.

use std::collections::BTreeSet;

use citizen_contract::devices::Device;
use citizen_contract::ids::DeviceId;
use citizen_contract::time::UtcMillis;
use serde::Serialize;
use ts_rs::TS;

use crate::outbox::settings;
use crate::shown::NetworkView;
use crate::store::{Database, StoreError};
use crate::sync::documents;

/// The kind of their documents.
pub const KIND: &str = "device";

/// Under which name a device remembers those that it has told of.
const SEEN: &str = "devices-seen";

/// A device in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct DeviceRowView {
    /// The device.
    pub id: DeviceId,
    /// What it called itself.
    pub name: String,
    /// When it signed in.
    pub since: UtcMillis,
    /// The day on which it was last heard of, `YYYY-MM-DD`.
    pub last_seen_day: String,
    /// Whether it is this one.
    pub here: bool,
    /// Whether it signed in since this one last looked.
    pub is_new: bool,
}

/// The devices of the account.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct DevicesView {
    /// Now.
    pub now: UtcMillis,
    /// The network.
    pub network: NetworkView,
    /// This one first, then the newest.
    pub devices: Vec<DeviceRowView>,
    /// When the list last came down; null if it never did.
    pub as_of: Option<UtcMillis>,
}

/// A device that signed in since this one last looked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct NewDevice {
    /// The device.
    pub id: DeviceId,
    /// What it called itself.
    pub name: String,
    /// When it signed in.
    pub since: UtcMillis,
}

/// All devices, this one first, then the newest.
///
/// # Errors
/// [`StoreError`].
pub fn rows(
    cache: &Database,
    outbox: &Database,
    here: Option<DeviceId>,
) -> Result<Vec<DeviceRowView>, StoreError> {
    let devices: Vec<Device> = documents::list(cache, "account:", KIND, "")?;
    let seen = seen(outbox, &devices, here)?;
    let row = |it: Device| DeviceRowView {
        here: Some(it.id) == here,
        is_new: Some(it.id) != here && seen.as_ref().is_some_and(|seen| !seen.contains(&it.id)),
        id: it.id,
        name: it.name,
        since: it.since,
        last_seen_day: it.last_seen_day,
    };
    let mut rows: Vec<DeviceRowView> = devices.into_iter().map(row).collect();
    rows.sort_by_key(|it| (!it.here, std::cmp::Reverse(it.since), it.id));
    Ok(rows)
}

/// Those of `rows` that the person was not told of.
#[must_use]
pub fn new_ones(rows: &[DeviceRowView]) -> Vec<NewDevice> {
    let told = |it: &DeviceRowView| NewDevice { id: it.id, name: it.name.clone(), since: it.since };
    rows.iter().filter(|it| it.is_new).map(told).collect()
}

/// The person was told of all of `rows`.
///
/// # Errors
/// [`StoreError`].
pub fn mark_seen(outbox: &Database, rows: &[DeviceRowView]) -> Result<(), StoreError> {
    // Before the first list nobody was told of anything.
    let Some(mut known) = kept(outbox)? else { return Ok(()) };
    // One that signs out and in again is the same one, so those that are gone stay known.
    known.extend(rows.iter().map(|it| it.id));
    remember(outbox, &known)
}

/// Which devices the person knows of; nothing while that cannot be said.
///
/// The first list that comes to a device is the beginning: those that were there before it are
/// known. After that the list is kept through signing out and in, so that a stranger who cuts this
/// device off is still told of once its owner is back.
fn seen(
    outbox: &Database,
    devices: &[Device],
    here: Option<DeviceId>,
) -> Result<Option<BTreeSet<DeviceId>>, StoreError> {
    if let Some(mut known) = kept(outbox)? {
        // What this device was called before it signed in again is no stranger.
        if here.is_some_and(|here| known.insert(here)) {
            remember(outbox, &known)?;
        }
        return Ok(Some(known));
    }
    let Some(own) = devices.iter().find(|it| Some(it.id) == here) else { return Ok(None) };
    let known = devices.iter().filter(|it| it.since <= own.since).map(|it| it.id).collect();
    remember(outbox, &known)?;
    Ok(Some(known))
}

fn kept(outbox: &Database) -> Result<Option<BTreeSet<DeviceId>>, StoreError> {
    settings::get(outbox, SEEN)?.map(|text| Ok(serde_json::from_str(&text)?)).transpose()
}

fn remember(outbox: &Database, known: &BTreeSet<DeviceId>) -> Result<(), StoreError> {
    settings::set(outbox, SEEN, &serde_json::to_string(known)?)
}
