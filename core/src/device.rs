//! What a device can do for the app beyond showing its window. The shell knows, screens ask; nothing
//! branches on the name of a system.
//!
//! To add an ability, add a field here, fill it in the shell, and put its use into one file of the
//! screens' `device` folder.

use serde::Serialize;
use ts_rs::TS;

/// What a device can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct DeviceView {
    /// It reads codes with its own camera app or part.
    pub scans: bool,
    /// It tells its place with a part of its own; else the window may be able to.
    pub locates: bool,
    /// It can be felt.
    pub buzzes: bool,
    /// It has a sheet of its own for handing words on; else the window may have one.
    pub shares: bool,
    /// It may be asked to show notices while the app is not in front.
    pub notifies: bool,
    /// What becomes of what waits while the app is not open.
    pub sends: Sends,
}

/// What becomes of what waits to be sent while the app is not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "views/")]
#[serde(rename_all = "snake_case")]
pub enum Sends {
    /// It waits until the app is open again.
    WhenOpen,
    /// The system was asked to let it be sent once there is a network, and decides when.
    WhenAllowed,
}
