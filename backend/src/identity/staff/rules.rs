//! What is asked of staff, and for how long a session of theirs lasts.

use citizen_contract::profile;
use citizen_contract::staff::Duty;
use citizen_contract::time::UtcMillis;

use super::super::account::AccountRow;

/// The rules of this deployment, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StaffRules {
    /// Whether staff need a second factor.
    pub second_factor: bool,
    /// Whether the sample people are let off: only where a demo listens on loopback.
    pub samples_exempt: bool,
    /// For how long a device that showed the factor is not asked again.
    pub again_ms: i64,
    /// How long a session goes on without an act of the person.
    pub idle_ms: i64,
    /// How long a session lasts at most.
    pub session_ms: i64,
}

impl StaffRules {
    /// The profile's rules.
    #[must_use]
    pub fn of(rules: profile::StaffRules, samples_exempt: bool) -> Self {
        const MINUTE: i64 = 60 * 1000;
        Self {
            second_factor: rules.second_factor,
            samples_exempt,
            again_ms: i64::from(rules.factor_again_hours) * 60 * MINUTE,
            idle_ms: i64::from(rules.idle_minutes) * MINUTE,
            session_ms: i64::from(rules.session_hours) * 60 * MINUTE,
        }
    }

    /// Whether these rules are this account's.
    pub(in crate::identity) fn bind(&self, account: &AccountRow) -> bool {
        !(account.view.roles.is_empty() || account.sample && self.samples_exempt)
    }

    /// What the account must do first.
    fn duty(&self, account: &AccountRow) -> Option<Duty> {
        if account.password_given {
            return Some(Duty::ChangePassword);
        }
        (self.second_factor && !account.factor && self.bind(account)).then_some(Duty::EnrolFactor)
    }

    /// The account with its duty filled in.
    pub(in crate::identity) fn shown(&self, mut account: AccountRow) -> AccountRow {
        account.view.duty = self.duty(&account);
        account
    }

    /// When a session of this account is over, whatever its tokens say.
    pub(in crate::identity) fn ends(
        &self,
        account: &AccountRow,
        created_at: i64,
        used_at: Option<i64>,
    ) -> Option<UtcMillis> {
        let idle = used_at.unwrap_or(created_at).max(created_at).saturating_add(self.idle_ms);
        self.bind(account).then(|| UtcMillis(created_at.saturating_add(self.session_ms).min(idle)))
    }
}
