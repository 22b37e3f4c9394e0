//! Reading a command's exact text.

use citizen_contract::command::{CommandBody, Envelope, EnvelopeError, MAX_COMMAND_BYTES};
use citizen_contract::hash::ContentHash;
use citizen_contract::ids::CommandId;
use citizen_contract::problem::{Problem, ProblemCode};

use super::check;

/// A command of which at least the id could be read.
#[derive(Debug, Clone)]
pub(super) struct Incoming {
    /// Its id.
    pub(super) id: CommandId,
    /// The hash of its exact bytes.
    pub(super) content: ContentHash,
    /// The command, or why it is refused whatever the report's state.
    pub(super) envelope: Result<Envelope, Problem>,
}

impl Incoming {
    /// Reads a text; the problem is for a text without a readable id.
    pub(super) fn read(text: String) -> Result<Self, Problem> {
        if text.len() > MAX_COMMAND_BYTES {
            let problem = Problem::new(ProblemCode::TooLarge);
            let id = Envelope::peek_id(&text).ok_or_else(|| problem.clone())?;
            return Ok(Self { id, content: ContentHash::of(text.as_bytes()), envelope: Err(problem) });
        }
        let content = ContentHash::of(text.as_bytes());
        match Envelope::parse(&text) {
            Ok(envelope) => {
                let id = envelope.id;
                let checked = check::envelope(&envelope, &text);
                Ok(Self { id, content, envelope: checked.map(|()| envelope) })
            }
            Err(error) => {
                let problem = Problem::new(match error {
                    EnvelopeError::UnknownKind => ProblemCode::UnknownKind,
                    EnvelopeError::NotJson | EnvelopeError::Shape => ProblemCode::Malformed,
                });
                let id = Envelope::peek_id(&text).ok_or_else(|| problem.clone())?;
                Ok(Self { id, content, envelope: Err(problem) })
            }
        }
    }

    /// Commands of one lane run in order.
    pub(super) fn lane(&self) -> String {
        match &self.envelope {
            Ok(envelope) => envelope.body.report_id(envelope.id).to_string(),
            Err(_) => self.id.to_string(),
        }
    }

    /// Whether it needs a report number.
    pub(super) fn makes_report(&self) -> bool {
        matches!(&self.envelope, Ok(Envelope { body: CommandBody::Submit(_), .. }))
    }
}
