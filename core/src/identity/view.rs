//! Who is signed in, as screens are told. The window sees no token and no whole number.

use citizen_contract::checks::Level;
use citizen_contract::documents::LocalisedText;
use citizen_contract::ids::{AccountId, UnitId};
use citizen_contract::session::{AccountView as Account, Role, RoleInUnit};
use citizen_contract::staff::Duty;
use citizen_contract::time::UtcMillis;
use serde::Serialize;
use ts_rs::TS;

use super::checks::{CheckView, check_view};
use super::devices::NewDevice;
use crate::locality::Locality;
use crate::lock::LockView;
use crate::shown::NetworkView;

/// A role as screens name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "views/")]
#[serde(rename_all = "snake_case")]
pub enum RoleCode {
    /// Everybody.
    Citizen,
    /// Takes reports in.
    Intake,
    /// Handles reports of a unit.
    Handler,
    /// Approves a unit's answers.
    Approver,
    /// Looks after a unit's accounts.
    Administrator,
    /// Helps people in person.
    TeamMember,
}

/// A role in a unit.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct RoleView {
    /// The role.
    pub role: RoleCode,
    /// The unit; null for a citizen.
    pub unit_id: Option<UnitId>,
    /// Its name.
    pub unit_name: Option<LocalisedText>,
}

/// The account that is signed in.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct AccountShown {
    /// The account.
    pub id: AccountId,
    /// The name.
    pub display_name: String,
    /// The number with most digits hidden; empty if this device was not told.
    pub masked_number: String,
    /// The commune where the person lives.
    pub home_unit_name: Option<LocalisedText>,
    /// What the person may do, `citizen` first.
    pub roles: Vec<RoleView>,
    /// How sure it is who this is.
    pub level: Level,
    /// The check that made it `checked`.
    pub check: Option<CheckView>,
}

/// A place of the left rail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "views/")]
#[serde(rename_all = "snake_case")]
pub enum NavCode {
    /// The intake queue.
    Intake,
    /// A unit's work.
    Work,
    /// Answers to approve.
    Approval,
    /// Accounts of the staff.
    Accounts,
    /// The audit log.
    Audit,
    /// What people want of their data.
    Data,
}

/// A place of the left rail and its number.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct NavItem {
    /// The place.
    pub code: NavCode,
    /// How much is there, if this device knows.
    pub count: Option<u32>,
}

/// How things stand with the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "views/")]
#[serde(rename_all = "snake_case")]
pub enum SessionState {
    /// Nobody is signed in.
    Guest,
    /// Somebody is.
    SignedIn,
    /// Somebody is, and the app is locked: nothing personal is shown.
    Locked,
    /// The backend ended the session; the same person goes on by signing in again.
    SessionOver,
}

/// Whether files of earlier sessions lie here that cannot be opened now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, TS)]
#[ts(export, export_to = "views/")]
#[serde(rename_all = "snake_case")]
pub enum EarlierFiles {
    /// There are none, or they can be opened.
    #[default]
    None,
    /// The key store gives no answer now; their keys may be in it.
    Waiting,
    /// The key store is sure that it has no key for some of them: it was emptied, or the files came from
    /// another device.
    WithoutKeys,
}

/// What every screen needs to know.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export, export_to = "views/")]
pub struct SessionView {
    /// Now.
    pub now: UtcMillis,
    /// Whether this is a trial.
    pub demo: bool,
    /// The app's name.
    pub app_name: String,
    /// The body that answers for it.
    pub body_name: LocalisedText,
    /// Which colours: the profile's id.
    pub tenant: String,
    /// The network.
    pub network: NetworkView,
    /// Who is signed in.
    pub account: Option<AccountShown>,
    /// False when the key of the store is kept for this session only.
    pub key_kept: bool,
    /// Whether a passphrase must be entered before anything here can be read.
    pub passphrase_needed: bool,
    /// An outbox that could not be read was set aside under this name and nothing of it was deleted.
    pub set_aside: Option<String>,
    /// Files of earlier sessions that cannot be opened now.
    pub earlier_files: EarlierFiles,
    /// Whether the backend wants a new sign-in; everything stays in place meanwhile.
    pub sign_in_again: bool,
    /// Places of the left rail that this person may use.
    pub nav: Vec<NavItem>,
    /// Commands and photos on their way.
    pub outbox_count: u32,
    /// Items that need the person.
    pub needs_person_count: u32,
    /// Own reports that wait for an answer of this person.
    pub questions_count: u32,
    /// How things stand with the session.
    pub state: SessionState,
    /// Whether the session is over because the account was erased.
    pub erased: bool,
    /// The lock of the app; null while nobody is signed in.
    pub lock: Option<LockView>,
    /// What must be done before any page opens.
    pub duty: Option<Duty>,
    /// Devices that signed in since this one last looked.
    pub new_devices: Vec<NewDevice>,
}

/// An account for screens.
#[must_use]
pub fn account_shown(account: &Account, masked_number: String, locality: &Locality) -> AccountShown {
    let citizen = RoleView { role: RoleCode::Citizen, unit_id: None, unit_name: None };
    let others = account.roles.iter().map(|it| role_view(it, locality));
    AccountShown {
        id: account.id,
        display_name: account.display_name.clone(),
        masked_number,
        home_unit_name: locality.unit_name(account.home_unit.as_ref()),
        roles: std::iter::once(citizen).chain(others).collect(),
        level: Level::of(account.check.as_ref()),
        check: account.check.as_ref().map(|check| check_view(check, locality)),
    }
}

/// All but the last three digits hidden.
#[must_use]
pub fn masked(citizen_id: &str) -> String {
    let digits: Vec<char> = citizen_id.chars().filter(char::is_ascii_digit).collect();
    let shown: String = digits.iter().skip(digits.len().saturating_sub(3)).collect();
    format!("••• ••• ••• {shown}")
}

/// A role for screens.
#[must_use]
pub fn role_view(it: &RoleInUnit, locality: &Locality) -> RoleView {
    RoleView {
        role: match it.role {
            Role::Intake => RoleCode::Intake,
            Role::Handler => RoleCode::Handler,
            Role::Approver => RoleCode::Approver,
            Role::Administrator => RoleCode::Administrator,
            Role::TeamMember => RoleCode::TeamMember,
        },
        unit_id: Some(it.unit_id.clone()),
        unit_name: locality.body_name(Some(&it.unit_id)),
    }
}
