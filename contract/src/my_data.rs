//! What is kept of a person, and what the person may want of it: consents, corrections, a copy, erasure.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::checks::Check;
use crate::citizen_id::Sex;
use crate::ids::{AccountId, DataRequestId, UnitId};
use crate::time::UtcMillis;

/// The purpose without which there is no account; it ends with the account only.
pub const ACCOUNT_PURPOSE: &str = "account";
/// The longest words of a wish or of its answer, in characters.
pub const MAX_WISH: usize = 1_000;

/// The account as its owner's devices keep it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct AccountDocument {
    /// The account.
    pub id: AccountId,
    /// The name.
    pub display_name: String,
    /// The citizen-ID number with its middle hidden.
    pub masked_number: String,
    /// The phone's last digits; absent where no phone was proved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub masked_phone: Option<String>,
    /// The commune where the person lives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub home_unit: Option<UnitId>,
    /// The check that makes the account `checked`; without one it is `declared`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub check: Option<Check>,
    /// Since when there is the account.
    pub created_at: UtcMillis,
    /// Everything that was agreed to and withdrawn, oldest first.
    pub consents: Vec<ConsentEntry>,
    /// What the person wanted of their data, oldest first.
    pub requests: Vec<DataRequest>,
}

/// One purpose that was agreed to, or withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct ConsentEntry {
    /// The purpose's code.
    pub purpose: String,
    /// The version of the words that were shown.
    pub wording: String,
    /// Whether it was given; otherwise it was withdrawn.
    pub given: bool,
    /// When.
    pub at: UtcMillis,
    /// How: `registration`, `app`.
    pub way: String,
}

/// The body of `consent.set`: a purpose is agreed to, or withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct SetConsent {
    /// The purpose's code in the profile.
    pub purpose: String,
    /// The version of the words that were shown.
    pub wording: String,
    /// Whether it is given.
    pub given: bool,
}

/// What a person may want of their data, beyond what they do by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum DataRequestKind {
    /// Sửa cho đúng: name, birth date or sex is wrong.
    Correct,
    /// Hạn chế xử lý.
    Restrict,
    /// Phản đối xử lý.
    Object,
    /// Xóa tài khoản.
    Erase,
}

/// What became of a wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum DataRequestState {
    /// The office has not answered.
    Open,
    /// It was carried out.
    Done,
    /// The office refused it and said why.
    Refused,
    /// The person took it back.
    TakenBack,
}

/// A wish as its person sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct DataRequest {
    /// The wish.
    pub id: DataRequestId,
    /// What is wanted.
    pub kind: DataRequestKind,
    /// When it was asked.
    pub asked_at: UtcMillis,
    /// By when the office must have answered.
    pub due_at: UtcMillis,
    /// What became of it.
    pub state: DataRequestState,
    /// When it was answered or taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub ended_at: Option<UtcMillis>,
    /// What the office said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub answer: Option<String>,
}

/// The right values, of which only those that are wrong today are given.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// As on the card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub full_name: Option<String>,
    /// `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub birth_date: Option<String>,
    /// As on the card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub sex: Option<Sex>,
}

/// The body of `POST /v1/my-data/requests`; the answer is a [`DataRequest`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct AskData {
    /// What is wanted.
    pub kind: DataRequestKind,
    /// In the person's words, perhaps empty; at most [`MAX_WISH`] characters.
    #[serde(default)]
    pub words: String,
    /// For [`DataRequestKind::Correct`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub correction: Option<Correction>,
    /// For [`DataRequestKind::Erase`]: the account's password, typed again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub password: Option<String>,
}

/// The body of `POST /v1/my-data/home-unit`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct SetHomeUnit {
    /// Where the person lives; absent for nowhere in particular.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub home_unit: Option<UnitId>,
}

/// The body of `POST /v1/queries/data-requests`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct DataTasksRequest {}

/// The office's tasks: what is open, the most urgent first, and what was answered lately.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct DataTasks {
    /// The tasks.
    pub tasks: Vec<DataTask>,
    /// When this was so.
    pub as_of: UtcMillis,
}

/// A wish as the office sees it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct DataTask {
    /// The wish.
    #[serde(flatten)]
    pub request: DataRequest,
    /// Whose it is; empty once the person is erased.
    pub display_name: String,
    /// The citizen-ID number with its middle hidden.
    pub masked_number: String,
    /// What the person wrote.
    pub words: String,
    /// The values that the person calls right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub correction: Option<Correction>,
}

/// The body of `POST /v1/data-requests/{request}/answer`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct AnswerData {
    /// Whether it is carried out; otherwise it is refused.
    pub done: bool,
    /// What the person reads; needed for a refusal, at most [`MAX_WISH`] characters.
    #[serde(default)]
    pub words: String,
}

crate::silent_debug!(Correction, AskData, DataTask, AnswerData);
