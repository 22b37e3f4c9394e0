//! A command on its way through a verb, and how it ends.

use std::sync::Arc;

use citizen_contract::command::{Envelope, MAX_WORDS};
use citizen_contract::ids::ReportId;
use citizen_contract::problem::{Problem, ProblemCode};
use citizen_contract::profile::Profile;
use citizen_contract::time::UtcMillis;

use crate::auth::Reader;
use crate::db::DbError;
use crate::feeds;

/// A command with everything that a verb may use: verbs read no clock and make no random byte.
#[derive(Debug, Clone)]
pub struct Order {
    /// The command.
    pub envelope: Envelope,
    /// Whose it is.
    pub reader: Reader,
    /// When the backend took it up.
    pub now: UtcMillis,
    /// Fresh random bytes for the event's commitment.
    pub salt: [u8; 32],
    /// A fresh number, for a command that makes a report.
    pub number: Option<String>,
    /// What the locality decides.
    pub profile: Arc<Profile>,
}

/// What a verb did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The report.
    pub report_id: ReportId,
    /// Its number.
    pub number: String,
    /// Its revision now.
    pub revision: u64,
    /// For a new report: by when it is taken in.
    pub first_deadline: Option<UtcMillis>,
    /// The documents that moved; the feeds are bumped last in the transaction.
    pub moved: Vec<feeds::Change>,
    /// Whether the intake office's queue looks different now.
    pub queue_moved: bool,
}

/// Why a verb did nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A final refusal, recorded for the command.
    #[error("refused: {}", .0.code.as_str())]
    Final(Box<Problem>),
    /// The room failed; nothing is recorded.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self::Final(Box::new(problem))
    }
}

impl From<ProblemCode> for Refusal {
    fn from(code: ProblemCode) -> Self {
        Problem::new(code).into()
    }
}

/// Checks that somebody wrote something, and not too much.
///
/// # Errors
/// `words-length` at this field.
pub fn words(text: &str, field: &str) -> Result<(), Problem> {
    if text.trim().is_empty() || text.chars().count() > MAX_WORDS {
        return Err(Problem::new(ProblemCode::WordsLength).at(field));
    }
    Ok(())
}
