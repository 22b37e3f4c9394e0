//! Problems: what went wrong, as RFC 9457 `application/problem+json` with a stable code.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::documents::TimelineEntry;

/// A problem. It never carries a person's words, numbers or places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct Problem {
    /// `about:blank`, or a URI reference of the code's page in `docs/API.md`.
    #[serde(rename = "type")]
    pub type_uri: String,
    /// A short English sentence for developers.
    pub title: String,
    /// The HTTP status that fits the problem.
    pub status: u16,
    /// What programs act on.
    pub code: ProblemCode,
    /// A JSON pointer to the offending field, if one is to blame.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub field: Option<String>,
    /// What others did since the revision that the command built on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub since: Vec<TimelineEntry>,
    /// With `code-wrong`: how many wrong codes are still borne.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub tries_left: Option<u8>,
    /// The seconds to wait before the same again; equal to the header `Retry-After`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub retry_after_s: Option<u32>,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $text:literal, $status:literal, $title:literal;)+) => {
        /// A stable code. Codes are only ever added.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[ts(export)]
        pub enum ProblemCode {
            $($(#[$doc])* #[serde(rename = $text)] $variant,)+
            /// A code of a newer backend than this program knows.
            #[serde(other, rename = "unknown")]
            Unknown,
        }

        impl ProblemCode {
            /// All codes, for documentation and tests.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The code as text.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ Self::Unknown => "unknown" }
            }

            /// The HTTP status that goes with the code.
            #[must_use]
            pub fn status(self) -> u16 {
                match self { $(Self::$variant => $status,)+ Self::Unknown => 500 }
            }

            fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)+ Self::Unknown => "Unknown problem" }
            }
        }
    };
}

codes! {
    /// The text is not JSON of the expected shape.
    Malformed = "malformed", 400, "The request cannot be read";
    /// No valid session.
    SignInRequired = "sign-in-required", 401, "Sign in first";
    /// Number and password do not belong together.
    WrongCredentials = "wrong-credentials", 401, "Number or password is wrong";
    /// The account may not do this; what it must not see answers `not-found` instead.
    Forbidden = "forbidden", 403, "This account may not do that";
    /// A password must be changed or a second factor set up first; see the account's `duty`.
    DutyOpen = "duty-open", 403, "Something must be done first";
    /// An administrator locked the account.
    AccountLocked = "account-locked", 403, "The account is locked";
    /// Administrators do this to others, not to themselves.
    NotOneself = "not-oneself", 409, "Another administrator must do this";
    /// Somebody must remain who can look after accounts.
    LastAdministrator = "last-administrator", 409, "This is the last administrator";
    /// The number's account has another name.
    NameDiffers = "name-differs", 409, "The number belongs to another name";
    /// The new password does not do.
    PasswordWeak = "password-weak", 422, "The password is too weak";
    /// There is no such thing for this reader.
    NotFound = "not-found", 404, "Not found";
    /// The same command id came before with other bytes.
    CommandIdReused = "command-id-reused", 409, "This command id was used for another text";
    /// Somebody else changed the report meanwhile; see `since`.
    RevisionConflict = "revision-conflict", 409, "The report has changed meanwhile";
    /// The report's state does not allow this act.
    ActNotAllowed = "act-not-allowed", 409, "The report's state does not allow this";
    /// The command before this one was refused.
    PredecessorRefused = "predecessor-refused", 409, "The command before this one was refused";
    /// The command before this one has not arrived; not final.
    PredecessorUnknown = "predecessor-unknown", 425, "The command before this one has not arrived";
    /// The code was right, but the citizen number has an account.
    AlreadyRegistered = "already-registered", 409, "The number has an account already";
    /// The code was right, but the phone is not the one of the number's account, or there is no account.
    NumberAndPhoneDiffer = "number-and-phone-differ", 409, "Number and phone are not of one account";
    /// An official's password is set anew by the administrator of the unit, not by a code.
    AskAdministrator = "ask-administrator", 409, "The unit's administrator sets this password anew";
    /// The challenge is over: expired, used, tried too often, or never there.
    CodeOver = "code-over", 410, "This code serves no more";
    /// The session ended because its account was erased.
    AccountErased = "account-erased", 410, "This account was erased";
    /// The account is checked; there is nothing to do.
    AlreadyChecked = "already-checked", 409, "The account is checked already";
    /// The national identification knows this person under another number; nothing was kept.
    NumberDiffers = "number-differs", 409, "The national identification gave another number";
    /// The attempt to be checked is over: expired, used, or never there.
    CheckOver = "check-over", 410, "This attempt to be checked is over";
    /// The upload offset is not where the bytes end.
    OffsetMismatch = "offset-mismatch", 409, "The upload continues elsewhere";
    /// The request or file is too large.
    TooLarge = "too-large", 413, "Too large";
    /// The file is of no accepted type.
    UnsupportedMedia = "unsupported-media", 415, "This type of file is not accepted";
    /// A field's value is not acceptable.
    Invalid = "invalid", 422, "A value is not acceptable";
    /// The code is not the one that was sent; see `tries_left`.
    CodeWrong = "code-wrong", 422, "The code is wrong";
    /// What came back from the national identification proves nothing.
    CheckRefused = "check-refused", 422, "The national identification did not confirm this";
    /// The person is too young for an account.
    TooYoung = "too-young", 422, "Too young for an account";
    /// The words are empty or too long.
    WordsLength = "words-length", 422, "The words are missing or too long";
    /// The category is not in the catalogue.
    UnknownCategory = "unknown-category", 422, "No such category";
    /// The unit is not in the catalogue.
    UnknownUnit = "unknown-unit", 422, "No such unit";
    /// The command kind is not known to this backend.
    UnknownKind = "unknown-kind", 422, "No such kind of command";
    /// A checksum does not fit the bytes (tus 1.0, checksum extension).
    ChecksumMismatch = "checksum-mismatch", 460, "The bytes were damaged on the way";
    /// Too many requests.
    TooManyRequests = "too-many-requests", 429, "Too many requests";
    /// The backend failed; nothing was recorded.
    Internal = "internal", 500, "The server failed";
    /// The store is full or failing; nothing was recorded.
    StorageFull = "storage-full", 503, "The server cannot store anything now";
    /// No codes are sent today; signing in with a known device goes on.
    CodesPaused = "codes-paused", 503, "No codes are sent at present";
    /// The national identification cannot be reached or answers nonsense; the attempt goes on.
    NationalUnavailable = "national-unavailable", 503, "The national identification does not answer";
    /// The backend is starting, stopping or overloaded.
    Unavailable = "unavailable", 503, "The server is not available now";
}

impl Problem {
    /// The problem with this code.
    #[must_use]
    pub fn new(code: ProblemCode) -> Self {
        Self {
            type_uri: format!("/problems/{}", code.as_str()),
            title: code.title().to_owned(),
            status: code.status(),
            code,
            field: None,
            since: Vec::new(),
            tries_left: None,
            retry_after_s: None,
        }
    }

    /// The same problem, blaming one field (a JSON pointer such as `/body/words`).
    #[must_use]
    pub fn at(mut self, field: &str) -> Self {
        self.field = Some(field.to_owned());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_as_it_is_written_and_a_newer_one_reads_as_unknown() {
        for code in ProblemCode::ALL {
            let text = serde_json::to_string(code).unwrap();
            assert_eq!(text, format!("\"{}\"", code.as_str()));
            assert_eq!(serde_json::from_str::<ProblemCode>(&text).unwrap(), *code);
        }
        assert_eq!(serde_json::from_str::<ProblemCode>("\"from-the-future\"").unwrap(), ProblemCode::Unknown);
    }
}
