//! The level of an account, as screens show it.

use citizen_contract::checks::{Check, CheckWay};
use citizen_contract::documents::LocalisedText;
use citizen_contract::time::UtcMillis;
use serde::Serialize;
use ts_rs::TS;

use crate::locality::Locality;

/// A check as its person sees it: when and by which unit, never by whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct CheckView {
    /// How.
    pub way: CheckWay,
    /// When.
    pub at: UtcMillis,
    /// The unit that saw the card; null with the national identification.
    pub unit_name: Option<LocalisedText>,
}

/// A check for screens.
#[must_use]
pub fn check_view(check: &Check, locality: &Locality) -> CheckView {
    CheckView { way: check.way, at: check.at, unit_name: locality.body_name(check.unit_id.as_ref()) }
}
