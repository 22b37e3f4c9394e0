//! What became of a command, and the receipt that proves it.

use ed25519_dalek::VerifyingKey;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::hash::ContentHash;
use crate::ids::{CommandId, ReportId};
use crate::problem::Problem;
use crate::signed::{Purpose, SignatureError, Signed};
use crate::time::UtcMillis;

/// The body of `POST /v1/commands`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct CommandBatch {
    /// Exact command texts, at most [`crate::command::MAX_BATCH`].
    pub commands: Vec<String>,
}

/// The answer to a batch, one outcome a command, in the order of the batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct CommandOutcomes {
    /// The outcomes.
    pub outcomes: Vec<CommandOutcome>,
}

/// What became of one command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct CommandOutcome {
    /// The command; absent if its text could not be read so far.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub command_id: Option<CommandId>,
    /// The verdict.
    #[serde(flatten)]
    pub verdict: Verdict,
}

/// The verdict on one command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Verdict {
    /// Accepted for good; a repeat gets the same receipt, byte for byte.
    Accepted {
        /// Payload: [`Receipt`].
        receipt: Signed,
    },
    /// Refused for good; a repeat gets the same refusal.
    Refused {
        /// Why.
        problem: Problem,
    },
    /// Not decided: nothing was recorded, try again.
    Retry {
        /// Why.
        problem: Problem,
        /// Not before so many seconds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        retry_after_s: Option<u32>,
    },
}

/// The payload of a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[ts(export)]
pub struct Receipt {
    /// The command.
    pub command_id: CommandId,
    /// The hash of the exact command text.
    pub content_sha256: ContentHash,
    /// When the backend accepted it.
    pub received_at: UtcMillis,
    /// The report that it made or changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub report_id: Option<ReportId>,
    /// The report's number, such as `TN-004198`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub report_number: Option<String>,
    /// The report's revision after this command.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub revision: Option<u64>,
    /// By when the office must have taken the report in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub first_deadline: Option<UtcMillis>,
}

/// Why a receipt does not prove that a command was accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// The signature is missing, foreign or wrong.
    #[error(transparent)]
    Signature(#[from] SignatureError),
    /// It is a true receipt, but for another command or other bytes.
    #[error("the receipt is for another command")]
    OtherCommand,
}

impl Receipt {
    /// Opens a receipt and checks that it is for exactly this command text.
    ///
    /// # Errors
    /// [`ReceiptError`] if it is not; the command then still counts as unsent.
    pub fn open(
        signed: &Signed,
        key: &VerifyingKey,
        command: CommandId,
        content: &ContentHash,
    ) -> Result<Self, ReceiptError> {
        let receipt: Self = signed.open(Purpose::Receipt, key)?;
        if receipt.command_id == command && receipt.content_sha256 == *content {
            Ok(receipt)
        } else {
            Err(ReceiptError::OtherCommand)
        }
    }
}
