//! What the audit log can say: who of the staff did what to whom, as codes.
//!
//! To add an act: add a line below, record it where it happens, and give it words in the window.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

macro_rules! acts {
    ($($(#[$doc:meta])* $variant:ident = $text:literal;)+) => {
        /// What was done. Acts are only ever added.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[ts(export)]
        pub enum AuditAct {
            $($(#[$doc])* #[serde(rename = $text)] $variant,)+
            /// An act of a newer backend than this program knows.
            #[serde(other, rename = "unknown")]
            Unknown,
        }

        impl AuditAct {
            /// All acts, for documentation, filters and tests.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The act as text.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ Self::Unknown => "unknown" }
            }

            /// The act with this text.
            #[must_use]
            pub fn named(text: &str) -> Self {
                Self::ALL.iter().copied().find(|act| act.as_str() == text).unwrap_or(Self::Unknown)
            }
        }
    };
}

acts! {
    /// A member of staff signed in.
    SignedIn = "signed_in";
    /// A wrong password under a staff account.
    SignInFailed = "sign_in_failed";
    /// A member of staff signed out.
    SignedOut = "signed_out";
    /// A given password was replaced by the person's own, or an own one by another.
    PasswordChanged = "password_changed";
    /// A second factor was set up.
    FactorEnrolled = "factor_enrolled";
    /// A second factor was shown at sign-in.
    FactorPassed = "factor_passed";
    /// A wrong second factor.
    FactorFailed = "factor_failed";
    /// A recovery code was used up.
    RecoveryUsed = "recovery_used";
    /// An administrator took a lost second factor away.
    FactorReset = "factor_reset";
    /// An account was made, or an existing one became staff.
    AccountAdded = "account_added";
    /// Roles were given or taken.
    RolesChanged = "roles_changed";
    /// An account was locked.
    AccountLocked = "account_locked";
    /// An account was unlocked.
    AccountUnlocked = "account_unlocked";
    /// A new password was given.
    PasswordReset = "password_reset";
    /// An account was signed out everywhere.
    SignedOutEverywhere = "signed_out_everywhere";
    /// A list of accounts was imported.
    AccountsImported = "accounts_imported";
    /// A person's card was seen and the number checked.
    CardChecked = "card_checked";
    /// A number was taken from an account whose holder did not have its card.
    NumberFreed = "number_freed";
    /// The national identification confirmed an account's number.
    NationalChecked = "national_checked";
    /// The national identification gave another number than the account's.
    NationalDiffered = "national_differed";
    /// A number was shown in full.
    NumberRevealed = "number_revealed";
    /// A task about somebody's data was answered.
    DataTaskAnswered = "data_task_answered";
    /// Somebody's data was erased.
    PersonErased = "person_erased";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_act_reads_as_it_is_written() {
        for act in AuditAct::ALL {
            assert_eq!(serde_json::to_string(act).unwrap(), format!("\"{}\"", act.as_str()));
            assert_eq!(AuditAct::named(act.as_str()), *act);
        }
        assert_eq!(AuditAct::named("from_the_future"), AuditAct::Unknown);
    }
}
