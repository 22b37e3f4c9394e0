//! The words in which the outbox speaks of its items.

use citizen_contract::ids::AttachmentId;
use citizen_contract::problem::Problem;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::{Deserialize, Serialize};

macro_rules! stored_word {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$variant_doc])* $variant,)+ }

        impl $name {
            /// The word as it is stored.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(self.as_str().into())
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                match value.as_str()? {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(FromSqlError::InvalidType),
                }
            }
        }
    };
}

stored_word! {
    /// Where a command stands.
    CommandState {
        /// Saved, to be sent.
        Queued = "queued",
        /// Handed to the network; the answer is open.
        Sending = "sending",
        /// The receipt is here; photos may still follow.
        Sent = "sent",
        /// Everything arrived and some days have passed.
        Settled = "settled",
        /// Refused for good, or a photo cannot be read: the person decides.
        NeedsPerson = "needs_person",
    }
}

stored_word! {
    /// Why a queued command has not been sent yet.
    Waiting {
        /// The backend could not be reached.
        Offline = "offline",
        /// The backend asked for patience or failed.
        Later = "later",
        /// Somebody must sign in first.
        Login = "login",
        /// The receipt is signed with a key that this program does not know.
        Update = "update",
    }
}

stored_word! {
    /// How far a photo is.
    PhotoProgress {
        /// Belongs to a draft or to a command without a receipt.
        Held = "held",
        /// To be uploaded.
        Waiting = "waiting",
        /// All bytes arrived and were checked.
        Confirmed = "confirmed",
        /// Damaged on this device or refused as no picture.
        Unreadable = "unreadable",
    }
}

/// Why an item needs the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// What happened.
    pub code: TroubleCode,
    /// The backend's refusal, if it was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
    /// The photo that is to blame.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attachment_id: Option<AttachmentId>,
}

/// The kinds of trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TroubleCode {
    /// The backend refused the command for good.
    Refused,
    /// The command that it builds on was deleted or taken back.
    PredecessorRemoved,
    /// A photo cannot be read.
    AttachmentUnreadable,
    /// A photo hangs on a command whose text does not name it, so no backend will ever take it; a
    /// program before this one could add it a moment too late.
    AttachmentUndeclared,
}

impl Trouble {
    /// The backend refused.
    #[must_use]
    pub fn refused(problem: Problem) -> Self {
        Self { code: TroubleCode::Refused, problem: Some(problem), attachment_id: None }
    }

    /// The stable code that screens put into words.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match (self.code, &self.problem) {
            (TroubleCode::Refused, Some(problem)) => problem.code.as_str(),
            (TroubleCode::Refused, None) => "unknown",
            (TroubleCode::PredecessorRemoved, _) => "predecessor-removed",
            (TroubleCode::AttachmentUnreadable, _) => "attachment-unreadable",
            (TroubleCode::AttachmentUndeclared, _) => "attachment-undeclared",
        }
    }
}
