//! Commands: everything a person does, going up.
//!
//! A command is stored and sent as the exact text in which it was first written. Its content
//! hash covers the UTF-8 bytes of that text, never a second serialisation of the parsed value.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::hash::ContentHash;
use crate::ids::{AttachmentId, CommandId, ReportId, UnitId};
use crate::my_data::SetConsent;
use crate::time::UtcMillis;

/// The longest command text in bytes that the backend reads.
pub const MAX_COMMAND_BYTES: usize = 64 * 1024;
/// The most commands in one request.
pub const MAX_BATCH: usize = 50;
/// The most attachments that one command declares.
pub const MAX_ATTACHMENTS: usize = 10;
/// The largest attachment in bytes.
pub const MAX_ATTACHMENT_BYTES: u64 = 32 * 1024 * 1024;
/// The longest free text in characters (Unicode scalar values).
pub const MAX_WORDS: usize = 5_000;

/// What stands around every command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct Envelope {
    /// The command's own id; equal ids mean the same command.
    pub id: CommandId,
    /// Who vouches for the command.
    pub credential: Credential,
    /// The command that must have been accepted before this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub after: Option<CommandId>,
    /// The revision of the report that this command builds on, own earlier commands included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub expected_revision: Option<u64>,
    /// When the device believes it was made. Informative: no order depends on it.
    pub created_at: UtcMillis,
    /// The files that follow.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<AttachmentDeclaration>,
    /// What is to happen.
    #[serde(flatten)]
    pub body: CommandBody,
}

/// What vouches for a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum Credential {
    /// The signed-in account.
    Account,
    /// Reserved for unlinkable survey answers; refused today.
    Anonymous,
}

/// A file that a command announces; its bytes are uploaded after the command was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct AttachmentDeclaration {
    /// The attachment's own id. Two files with equal bytes have two ids.
    pub id: AttachmentId,
    /// The hash of the whole file.
    pub sha256: ContentHash,
    /// The size in bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// The media type, one of `image/jpeg`, `image/png`, `image/webp`.
    pub media_type: String,
    /// When the picture was taken, if the person agreed to tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub captured_at: Option<UtcMillis>,
    /// Where it was taken, if the person agreed to tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub captured_where: Option<Position>,
}

/// A position: WGS 84, integers in units of 1e-7 degree, so that no float is ever hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// Latitude in 1e-7 degree, −900,000,000 to 900,000,000.
    pub lat_e7: i32,
    /// Longitude in 1e-7 degree, −1,800,000,000 to 1,800,000,000.
    pub lon_e7: i32,
    /// Radius of 68 % confidence in metres, as the device said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub accuracy_m: Option<u32>,
}

/// Where a report is about: a commune, words, and a position if one was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// The commune, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub unit_id: Option<UnitId>,
    /// The place in the person's words, perhaps empty.
    #[serde(default)]
    pub words: String,
    /// The position, if given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub position: Option<Position>,
}

/// What a command does. The JSON has `kind` and `body` beside the envelope's own fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(tag = "kind", content = "body")]
pub enum CommandBody {
    /// A citizen sends a report; the report's id is the command's id.
    #[serde(rename = "report.submit")]
    Submit(Submit),
    /// The sender adds what the office asked for.
    #[serde(rename = "report.add_information")]
    AddInformation(OnReport),
    /// The sender rates the answer; `unresolved` reopens the report.
    #[serde(rename = "report.rate")]
    Rate(Rate),
    /// The intake office asks the sender.
    #[serde(rename = "report.ask")]
    Ask(OnReport),
    /// The intake office takes a report in and passes it to a unit.
    #[serde(rename = "report.assign")]
    Assign(Assign),
    /// The unit starts handling.
    #[serde(rename = "report.start")]
    Start(Bare),
    /// The unit gives a report back to the intake office with a reason.
    #[serde(rename = "report.pass_back")]
    PassBack(OnReport),
    /// A note among officials; citizens never see it.
    #[serde(rename = "report.note")]
    Note(OnReport),
    /// The unit proposes an answer for approval; attachments are its proof.
    #[serde(rename = "report.answer")]
    Answer(OnReport),
    /// The approver publishes the proposed answer.
    #[serde(rename = "report.approve")]
    Approve(Bare),
    /// The approver gives the proposed answer back to the handler with a reason.
    #[serde(rename = "report.return_answer")]
    ReturnAnswer(OnReport),
    /// The intake office does not take the report in.
    #[serde(rename = "report.refuse")]
    Refuse(Refuse),
    /// The person agrees to a purpose, or withdraws it; about no report.
    #[serde(rename = "consent.set")]
    SetConsent(SetConsent),
}

/// The body of `report.submit`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct Submit {
    /// The category's code in the profile.
    pub category: String,
    /// What happened, in the person's words; 1 to 5,000 characters.
    pub words: String,
    /// Where.
    pub place: Place,
    /// Whether others may see the report without the sender's name.
    pub public: bool,
}

/// The body of commands that carry words on one report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct OnReport {
    /// The report.
    pub report_id: ReportId,
    /// The words; 1 to 5,000 characters.
    pub words: String,
}

/// The body of commands that need nothing but the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct Bare {
    /// The report.
    pub report_id: ReportId,
}

/// The body of `report.rate`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// The report.
    pub report_id: ReportId,
    /// The verdict.
    pub rating: Rating,
    /// Why; required for `unresolved`.
    #[serde(default)]
    pub words: String,
}

/// A sender's verdict on an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum Rating {
    /// Hài lòng.
    Satisfied,
    /// Tạm được.
    Acceptable,
    /// Chưa xong: the report is opened again.
    Unresolved,
}

/// The body of `report.assign`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct Assign {
    /// The report.
    pub report_id: ReportId,
    /// The unit that is to handle it.
    pub unit_id: UnitId,
    /// How fast.
    pub urgency: Urgency,
    /// The category as the office corrects it; absent keeps the sender's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub category: Option<String>,
    /// An internal note for the unit, perhaps empty.
    #[serde(default)]
    pub note: String,
}

/// How fast a report must be handled; the deadlines table of the profile says how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// Thường.
    Normal,
    /// Sớm.
    Soon,
    /// Khẩn.
    Urgent,
    /// Phức tạp: several bodies, or a statutory procedure.
    Complex,
}

/// The body of `report.refuse`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct Refuse {
    /// The report.
    pub report_id: ReportId,
    /// The reason's code in the profile.
    pub reason: String,
    /// What the sender reads.
    pub words: String,
}

impl CommandBody {
    /// Whether the command is about the sender's account and no report.
    #[must_use]
    pub fn is_about_account(&self) -> bool {
        matches!(self, Self::SetConsent(_))
    }

    /// The report that the command is about; the submitting command's own id names its report. What is
    /// about no report shares [`ReportId::NONE`], so that it keeps its order.
    #[must_use]
    pub fn report_id(&self, command: CommandId) -> ReportId {
        match self {
            Self::Submit(_) => command.into(),
            Self::AddInformation(body)
            | Self::Ask(body)
            | Self::PassBack(body)
            | Self::Note(body)
            | Self::Answer(body)
            | Self::ReturnAnswer(body) => body.report_id,
            Self::Rate(body) => body.report_id,
            Self::Assign(body) => body.report_id,
            Self::Start(body) | Self::Approve(body) => body.report_id,
            Self::Refuse(body) => body.report_id,
            Self::SetConsent(_) => ReportId::NONE,
        }
    }
}

/// Why a command's text cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// Not JSON, or not an object.
    #[error("not a JSON object")]
    NotJson,
    /// The kind is not known here.
    #[error("unknown kind of command")]
    UnknownKind,
    /// A field is missing, doubled, unknown or of the wrong type.
    #[error("not the shape of a command")]
    Shape,
}

impl Envelope {
    /// Reads the exact text of a command. Unknown and doubled fields are errors, because the
    /// content hash vouches for every byte and nothing in it may go unread.
    ///
    /// # Errors
    /// [`EnvelopeError`]; none of them quotes the text.
    pub fn parse(text: &str) -> Result<Self, EnvelopeError> {
        let outline: Outline<'_> = serde_json::from_str(text)
            .map_err(|error| if error.is_data() { EnvelopeError::Shape } else { EnvelopeError::NotJson })?;
        if !KINDS.contains(&outline.kind.as_ref()) {
            return Err(EnvelopeError::UnknownKind);
        }
        serde_json::from_str(text).map_err(|_| EnvelopeError::Shape)
    }

    /// The id alone, for answers about commands that cannot be read further.
    #[must_use]
    pub fn peek_id(text: &str) -> Option<CommandId> {
        #[derive(Deserialize)]
        struct IdOnly {
            id: CommandId,
        }
        serde_json::from_str::<IdOnly>(text).ok().map(|only| only.id)
    }
}

/// The envelope's own fields, without reading the body.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "the fields are only checked for being there, and nothing besides")]
struct Outline<'a> {
    id: serde::de::IgnoredAny,
    #[serde(borrow)]
    kind: std::borrow::Cow<'a, str>,
    credential: serde::de::IgnoredAny,
    after: Option<serde::de::IgnoredAny>,
    expected_revision: Option<serde::de::IgnoredAny>,
    created_at: serde::de::IgnoredAny,
    attachments: Option<serde::de::IgnoredAny>,
    body: serde::de::IgnoredAny,
}

/// The kinds of commands.
pub const KINDS: &[&str] = &[
    "report.submit",
    "report.add_information",
    "report.rate",
    "report.ask",
    "report.assign",
    "report.start",
    "report.pass_back",
    "report.note",
    "report.answer",
    "report.approve",
    "report.return_answer",
    "report.refuse",
    "consent.set",
];

#[cfg(test)]
mod tests;
