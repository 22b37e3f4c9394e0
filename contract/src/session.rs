//! Sessions: signing in, staying signed in, and who somebody is.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ids::{AccountId, UnitId};
use crate::time::UtcMillis;

/// The body of `POST /v1/sessions`.
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
    /// Who signed in.
    pub account: AccountView,
}

macro_rules! silent_debug {
    ($($name:ident),+) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                // Numbers, passwords and tokens must not reach a log by accident.
                f.write_str(concat!(stringify!($name), " { .. }"))
            }
        }
    )+};
}
silent_debug!(SignIn, Refresh, SessionGrant);

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
}
