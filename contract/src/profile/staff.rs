//! `rules.toml`, `[staff]`: how staff sign in, and for how long.

use serde::Deserialize;

/// What a locality decides about the sign-in of staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StaffRules {
    /// Whether staff need a second factor.
    pub second_factor: bool,
    /// For how many hours a device that showed it is not asked again.
    pub factor_again_hours: u16,
    /// After how many minutes without an act of the person a session ends.
    pub idle_minutes: u16,
    /// After how many hours a session ends whatever is done.
    pub session_hours: u16,
}

impl StaffRules {
    /// Whether each figure is one that people can work with.
    pub(super) fn is_usable(&self) -> bool {
        (5..=24 * 60).contains(&self.idle_minutes)
            && (1..=24 * 7).contains(&self.session_hours)
            && self.factor_again_hours <= 24 * 7
    }
}
