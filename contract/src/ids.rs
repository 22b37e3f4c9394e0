//! Identifiers. Each kind of thing has its own type, so that one can never stand in for another.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use ts_rs::TS;
use uuid::Uuid;

/// An identifier that is not a UUID in its hyphenated form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier")]
pub struct InvalidId;

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[ts(export)]
        #[serde(transparent)]
        pub struct $name(#[ts(type = "string")] pub Uuid);

        impl $name {
            /// Makes a version 7 identifier (RFC 9562 §5.7) from a time and ten random bytes.
            #[must_use]
            pub fn from_parts(now: crate::time::UtcMillis, random: [u8; 10]) -> Self {
                Self(uuid::Builder::from_unix_timestamp_millis(now.unsigned(), &random).into_uuid())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                // One spelling only: an identifier is compared and hashed as text elsewhere.
                let id = Uuid::try_parse(text).map_err(|_| InvalidId)?;
                if id.hyphenated().to_string() == text { Ok(Self(id)) } else { Err(InvalidId) }
            }
        }
    };
}

uuid_id!(
    /// A command, minted on the device at the first keystroke.
    CommandId
);
uuid_id!(
    /// A report (phản ánh). Equal to the id of the command that submitted it.
    ReportId
);
uuid_id!(
    /// An attachment that a command declares.
    AttachmentId
);
uuid_id!(
    /// A person's account.
    AccountId
);
uuid_id!(
    /// A device on which somebody is signed in.
    DeviceId
);
uuid_id!(
    /// A person's wish about their data.
    DataRequestId
);
uuid_id!(
    /// A code that was sent and is waited for; not guessable.
    ChallengeId
);
uuid_id!(
    /// An attempt to be checked by the national identification.
    IdentityCheckId
);

impl ReportId {
    /// The lane of commands that are about no report.
    pub const NONE: Self = Self(Uuid::nil());
}

impl From<CommandId> for ReportId {
    fn from(id: CommandId) -> Self {
        Self(id.0)
    }
}

/// An administrative unit or office in one of its versions.
///
/// Opaque: it is derived from the official code and the day from which that code named this
/// unit, because the state re-uses codes for other units.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(transparent)]
pub struct UnitId(pub String);

impl UnitId {
    /// The id of the unit that `code` names from `valid_from` (`YYYY-MM-DD`) on.
    #[must_use]
    pub fn of(code: &str, valid_from: &str) -> Self {
        let digest = Sha256::digest(format!("{code}\n{valid_from}").as_bytes());
        Self(format!("u{}", hex::encode(digest.get(..6).unwrap_or_default())))
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::UtcMillis;

    #[test]
    fn a_command_id_is_a_version_7_uuid_and_orders_by_time() {
        let early = CommandId::from_parts(UtcMillis(1_712_000_000_000), [9; 10]);
        let late = CommandId::from_parts(UtcMillis(1_712_000_000_001), [0; 10]);
        assert_eq!(early.0.get_version_num(), 7);
        assert!(early < late);
    }

    #[test]
    fn only_the_hyphenated_lower_case_spelling_is_an_id() {
        let text = "018e9a4e-8a00-7000-8000-000000000001";
        assert_eq!(text.parse::<CommandId>().unwrap().to_string(), text);
        assert_eq!(text.to_uppercase().parse::<CommandId>(), Err(InvalidId));
        assert_eq!(text.replace('-', "").parse::<CommandId>(), Err(InvalidId));
    }

    #[test]
    fn a_reused_code_names_another_unit() {
        assert_ne!(UnitId::of("11533", "2004-01-01"), UnitId::of("11533", "2025-07-01"));
    }
}
