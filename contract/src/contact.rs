//! The phone of an account, and the consent of a child's representative.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::time::UtcMillis;

/// The body of `POST /v1/me/phone`; the answer is a [`Challenge`](crate::registration::Challenge) whose
/// code goes to the new phone.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct ChangePhone {
    /// The new phone, as typed.
    pub phone: String,
    /// The account's password once more.
    pub password: String,
}

/// The body of `POST /v1/me/phone/{challenge}/finish`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct FinishPhoneChange {
    /// Six digits.
    pub code: String,
}

/// The body of `POST /v1/me/representative`: a child asks for the consent of a parent or guardian; the
/// answer is a [`Challenge`](crate::registration::Challenge) whose code goes to the representative.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct AskRepresentative {
    /// The representative's phone, as typed; without it, the one that was declared at registration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub phone: Option<String>,
}

/// The body of `POST /v1/me/representative/{challenge}/finish`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct FinishRepresentative {
    /// Six digits, told by the representative.
    pub code: String,
    /// The version of the words that were shown to the representative; at most 40 ASCII characters.
    pub wording: String,
}

/// The body of `POST /v1/queries/contact`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct ContactRequest {}

/// How an account is reached, and who consented for a child. Phones are never whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct Contact {
    /// The phone's last digits; none for an account that an operator made.
    #[serde(default)]
    pub phone_hint: Option<String>,
    /// `YYYY-MM-DD`, the 16th birthday of somebody who is younger; none for everybody else.
    #[serde(default)]
    pub child_until: Option<String>,
    /// Of a child: the last digits of the phone that was declared as the representative's.
    #[serde(default)]
    pub declared_hint: Option<String>,
    /// Of a child: the consent that holds now.
    #[serde(default)]
    pub representative: Option<Representative>,
}

/// A representative's consent to a child's reports being public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct Representative {
    /// The last digits of the phone that gave the code.
    pub phone_hint: String,
    /// When.
    pub confirmed_at: UtcMillis,
    /// The version of the words that were shown.
    pub wording: String,
}

crate::silent_debug!(ChangePhone, FinishPhoneChange, AskRepresentative, FinishRepresentative);
