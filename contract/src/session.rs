//! Sessions: signing in, staying signed in, and who somebody is.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::checks::Check;
use crate::ids::{AccountId, DeviceId, UnitId};
use crate::staff::Duty;
use crate::time::UtcMillis;

/// The body of `POST /v1/sessions`. The answer is 200 with a [`SessionGrant`], or 202 with a
/// [`crate::registration::Challenge`] where the account's phone must confirm a new device.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// Twelve digits.
    pub citizen_id: String,
    /// At most 256 bytes, compared in NFC.
    pub password: String,
    /// How the person will recognise the device in a list.
    pub device_name: String,
    /// What an earlier grant gave this device for this account; with it no code is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub device_token: Option<String>,
}

/// The body of `POST /v1/sessions/refresh`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct Refresh {
    /// The newest refresh token, or the one just before it within 60 seconds.
    pub refresh_token: String,
}

/// A session as the backend grants it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct SessionGrant {
    /// Opaque bearer token.
    pub access_token: String,
    /// Until when it serves.
    pub access_expires_at: UtcMillis,
    /// Opaque token for the next refresh.
    pub refresh_token: String,
    /// The device as the account's list of devices has it.
    pub device_id: DeviceId,
    /// Lets this device sign in again without a code; absent where the device has one already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub device_token: Option<String>,
    /// Who signed in.
    pub account: AccountView,
}

crate::silent_debug!(SignIn, Refresh, SessionGrant);

/// Who somebody is to the app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct AccountView {
    /// The account.
    pub id: AccountId,
    /// The name to show.
    pub display_name: String,
    /// What the person does, shown to officials; perhaps empty.
    pub job_title: String,
    /// The commune where the person lives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub home_unit: Option<UnitId>,
    /// What the person may do. Everybody is a citizen besides.
    pub roles: Vec<RoleInUnit>,
    /// The check that makes the account `checked`; without one it is `declared`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub check: Option<Check>,
    /// What must be done before any other door opens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub duty: Option<Duty>,
}

/// A role in a unit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct RoleInUnit {
    /// The role.
    pub role: Role,
    /// The unit.
    pub unit_id: UnitId,
}

/// What somebody does in a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Takes reports in and passes them on.
    Intake,
    /// Handles reports of a unit.
    Handler,
    /// Approves a unit's answers.
    Approver,
    /// Makes and locks accounts of a unit and its parts, and reads their audit log.
    Administrator,
    /// Helps people of a unit in person, as a member of its community technology team.
    TeamMember,
}

impl Role {
    /// All, in the order of documentation.
    pub const ALL: [Self; 5] =
        [Self::Intake, Self::Handler, Self::Approver, Self::Administrator, Self::TeamMember];

    /// The role as databases, files and the command line write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Intake => "intake",
            Self::Handler => "handler",
            Self::Approver => "approver",
            Self::Administrator => "administrator",
            Self::TeamMember => "team_member",
        }
    }

    /// The role with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }
}
