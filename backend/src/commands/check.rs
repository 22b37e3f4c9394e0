//! What makes a command unacceptable whatever the report's state.

use citizen_contract::command::{Credential, Envelope};
use citizen_contract::problem::{Problem, ProblemCode};

use crate::ledger::photos;

/// Checks the envelope's own fields.
pub(super) fn envelope(envelope: &Envelope, text: &str) -> Result<(), Problem> {
    let invalid = |field| Err(Problem::new(ProblemCode::Invalid).at(field));
    if envelope.id.0.get_version_num() != 7 {
        return invalid("/id");
    }
    if envelope.credential != Credential::Account {
        return invalid("/credential");
    }
    if holds_nul(text) {
        return invalid("/body");
    }
    photos::check(&envelope.attachments, envelope.body.act())
}

/// Whether a JSON text says `U+0000` anywhere: neither database keeps it in text.
fn holds_nul(text: &str) -> bool {
    // A backslash of the text's own is doubled, so that an odd run before `u0000` is the escape.
    text.match_indices("u0000").any(|(at, _)| {
        let run = text.get(..at).unwrap_or_default().bytes().rev().take_while(|byte| *byte == b'\\').count();
        run % 2 == 1
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escaped_backslash_is_no_nul() {
        assert!(holds_nul(r#""a\u0000b""#));
        assert!(holds_nul(r#""a\\\u0000b""#));
        assert!(!holds_nul(r#""a\\u0000b""#));
        assert!(!holds_nul(r#""u0000""#));
    }
}
