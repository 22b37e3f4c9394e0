//! The lock as screens are told.

use citizen_contract::time::UtcMillis;
use serde::Serialize;
use ts_rs::TS;

/// The lock of the app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct LockView {
    /// Whether there is a PIN.
    pub set: bool,
    /// Whether it is locked.
    pub locked: bool,
    /// No try before this.
    pub open_at: Option<UtcMillis>,
    /// Tries until a sign-in is needed.
    pub tries_left: u32,
    /// Whether only a sign-in opens it.
    pub sign_in_needed: bool,
    /// Minutes without a touch until it locks.
    pub idle_minutes: u32,
}

/// What a PIN looks like so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct PinCheck {
    /// Whether it has six digits.
    pub six_digits: bool,
    /// Whether anybody would guess it.
    pub trivial: bool,
    /// Whether it is the birth date.
    pub birth_date: bool,
}
