//! Devices: where an account is signed in. Each one can be cut off from any other.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ids::DeviceId;
use crate::time::UtcMillis;

/// The body of `POST /v1/queries/devices`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct DevicesRequest {}

/// The devices of the account that asks, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct DeviceList {
    /// The devices.
    pub devices: Vec<DeviceRow>,
}

/// A device in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct DeviceRow {
    /// The device.
    #[serde(flatten)]
    pub device: Device,
    /// Whether it is the one that asks.
    pub here: bool,
}

/// A device on which somebody is signed in; also a document of the feed `account:<id>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct Device {
    /// The device.
    pub id: DeviceId,
    /// What it called itself.
    pub name: String,
    /// When it signed in.
    pub since: UtcMillis,
    /// The locality's day on which it was last heard of, `YYYY-MM-DD`; never finer.
    pub last_seen_day: String,
}
