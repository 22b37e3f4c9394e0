//! Accounts of staff: who looks after them, what a new one must do first, and the second factor.

mod password;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use password::{MIN_PASSWORD, Weakness, weaknesses};

use crate::audit::AuditAct;
use crate::ids::{AccountId, UnitId};
use crate::session::RoleInUnit;
use crate::time::UtcMillis;

/// The longest list that is imported at once, in bytes of UTF-8.
pub const MAX_IMPORT_BYTES: usize = 100_000;
/// The most accounts of one list.
pub const MAX_IMPORT_ROWS: usize = 200;
/// The longest job title, in characters.
pub const MAX_JOB_TITLE: usize = 120;
/// The most roles of one account.
pub const MAX_ROLES: usize = 12;

/// What an account must do before any other door opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// Replace the password that somebody else gave.
    ChangePassword,
    /// Set up a second factor.
    EnrolFactor,
}

/// The body of `POST /v1/password`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// The password until now.
    pub current: String,
    /// The password from now on.
    pub new: String,
}

/// What is still to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct DutyLeft {
    /// The next duty; none if all doors are open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub duty: Option<Duty>,
}

/// The answer of `POST /v1/second-factor`: what goes into an authenticator app.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct FactorBegun {
    /// The secret in base32, for typing.
    pub secret: String,
    /// `otpauth://totp/…`, for a QR code.
    pub uri: String,
    /// What opens once each when the authenticator is lost. Show them after the confirmation.
    pub recovery_codes: Vec<String>,
}

/// The body of `POST /v1/second-factor/confirm`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct ConfirmFactor {
    /// Six digits from the authenticator.
    pub code: String,
}

/// The body of `POST /v1/staff`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct AddStaff {
    /// Twelve digits.
    pub citizen_id: String,
    /// As on the card.
    pub full_name: String,
    /// What the person does; perhaps empty.
    pub job_title: String,
    /// At least one.
    pub roles: Vec<RoleInUnit>,
}

/// The answer of `POST /v1/staff`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct StaffAdded {
    /// The account.
    pub account_id: AccountId,
    /// The given password, shown this once; none where the person has an account and keeps its password.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub password: Option<String>,
}

/// The body of `POST /v1/staff/{account}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub enum StaffAct {
    /// The roles from now on, as far as the administrator's units go.
    SetRoles {
        /// All that remain and are new.
        roles: Vec<RoleInUnit>,
    },
    /// Nobody signs in, and whoever is, is signed out.
    Lock,
    /// Signing in is possible again, and wrong tries are forgotten.
    Unlock,
    /// A new given password.
    ResetPassword,
    /// Every session ends.
    SignOutEverywhere,
    /// A lost second factor is taken away, after the person was seen.
    ResetFactor,
}

/// The answer of `POST /v1/staff/{account}`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct StaffActed {
    /// The given password, shown this once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub password: Option<String>,
}

/// The body of `POST /v1/staff-import`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct ImportStaff {
    /// The file's text: a header, then one account a line, with commas or semicolons.
    pub text: String,
    /// Only says what would happen.
    pub preview: bool,
}

/// The answer of `POST /v1/staff-import`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct StaffImported {
    /// Why nothing of the file can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub file_problem: Option<ImportProblem>,
    /// Each line, in the file's order.
    pub rows: Vec<ImportRow>,
}

/// A line of a list.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct ImportRow {
    /// Its line in the file; the header is 1.
    pub line: u32,
    /// The name as it stands there.
    pub full_name: String,
    /// The number with most digits hidden.
    pub masked_number: String,
    /// The roles that were understood.
    pub roles: Vec<RoleInUnit>,
    /// What is wrong with it; empty if it was or can be imported.
    pub problems: Vec<ImportProblem>,
    /// The person has an account, which gets the roles and keeps its password.
    pub existing: bool,
    /// The given password, after an import of a new account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub password: Option<String>,
}

crate::silent_debug!(
    ChangePassword,
    FactorBegun,
    ConfirmFactor,
    AddStaff,
    StaffAdded,
    StaffActed,
    ImportStaff,
    StaffImported,
    ImportRow
);

/// What is wrong with a list or a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum ImportProblem {
    /// A needed column is missing, or no line follows the header.
    NoColumns,
    /// More lines or bytes than allowed.
    TooLong,
    /// The line has another number of cells.
    Cells,
    /// No citizen number.
    Number,
    /// The number stands twice.
    Twice,
    /// No name.
    Name,
    /// The number's account has another name.
    NameDiffers,
    /// No such role.
    Role,
    /// No such unit, or none of the administrator's.
    Unit,
    /// The account has these roles already.
    NothingNew,
    /// Too long a job title.
    JobTitle,
}

/// The body of `POST /v1/queries/staff`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct StaffRequest {
    /// Words of the name or job title.
    #[serde(default)]
    pub words: String,
    /// Only those with a role in this unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub unit_id: Option<UnitId>,
    /// How many to leave out from the start.
    #[serde(default)]
    pub skip: u32,
}
crate::silent_debug!(StaffRequest);

/// The answer of `POST /v1/queries/staff`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct StaffPage {
    /// At most [`STAFF_PAGE`], by name.
    pub rows: Vec<StaffRow>,
    /// How many there are altogether.
    pub total: u32,
    /// The units whose accounts the administrator looks after.
    pub units: Vec<UnitId>,
}

/// How many accounts a page has.
pub const STAFF_PAGE: usize = 50;

/// An account of the staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct StaffRow {
    /// The account.
    pub account_id: AccountId,
    /// The name.
    pub display_name: String,
    /// What the person does.
    pub job_title: String,
    /// The number with most digits hidden.
    pub masked_number: String,
    /// All roles.
    pub roles: Vec<RoleInUnit>,
    /// Whether it is locked.
    pub locked: bool,
    /// Whether a second factor is set up.
    pub factor: bool,
    /// Whether the given password was never replaced.
    pub password_given: bool,
    /// Wrong passwords within the last hour.
    pub failed_tries: u32,
    /// The day of the last sign-in or use, as `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub last_seen_day: Option<String>,
    /// Whether it is the administrator's own.
    pub own: bool,
    /// Whether all its roles are within the administrator's units, so that it may be locked and reset.
    pub whole: bool,
}

/// The body of `POST /v1/queries/audit`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct AuditRequest {
    /// Only entries before this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub before: Option<u32>,
    /// Only what this account did or what was done to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub person: Option<AccountId>,
    /// Only this act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub act: Option<AuditAct>,
}

/// The answer of `POST /v1/queries/audit`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct AuditPage {
    /// At most 50, the newest first.
    pub entries: Vec<AuditEntry>,
    /// Whether there are older ones.
    pub more: bool,
}

/// An entry of the audit log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct AuditEntry {
    /// Its place in the chain.
    pub seq: u32,
    /// When.
    pub at: UtcMillis,
    /// What.
    pub act: AuditAct,
    /// Who; nobody for an operator and for what came from outside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub actor: Option<AuditPerson>,
    /// To which account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub subject: Option<AuditPerson>,
    /// For which unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub unit_id: Option<UnitId>,
    /// Codes that say more.
    pub detail: Vec<String>,
}

/// Somebody in the audit log, under the name that the account has now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct AuditPerson {
    /// The account.
    pub account_id: AccountId,
    /// Its name now; empty if it was erased.
    pub display_name: String,
}
