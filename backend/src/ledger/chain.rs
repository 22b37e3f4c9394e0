//! The hash chain over a report's events.
//!
//! An event's hash covers its columns, the hash before it and a commitment to its payload. The
//! commitment is salted, so that deleting payload and salt leaves nothing to guess words from.

use sha2::{Digest, Sha256};

/// What stands before the first event.
pub const GENESIS: [u8; 32] = [0; 32];
/// The commitment of an event that never had a payload.
pub const NO_PAYLOAD: [u8; 32] = [0; 32];

/// The columns that the hash covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The report.
    pub report_id: String,
    /// 1, 2, 3 …
    pub seq: i64,
    /// The report's revision after it.
    pub revision: i64,
    /// What happened.
    pub act: String,
    /// The state after it.
    pub state: String,
    /// When, in milliseconds.
    pub at: i64,
    /// Who.
    pub actor: Option<String>,
    /// In which capacity.
    pub capacity: Option<String>,
    /// For which unit.
    pub unit_id: Option<String>,
    /// To which unit.
    pub to_unit: Option<String>,
    /// By which command.
    pub command_id: Option<String>,
}

impl Link {
    /// The hash of this event after the one with the hash `before`.
    #[must_use]
    pub fn hash(&self, before: &[u8], commitment: &[u8]) -> [u8; 32] {
        let mut digest = Sha256::new();
        digest.update(b"citizen-event-v1\n");
        field(&mut digest, Some(before));
        field(&mut digest, Some(commitment));
        for number in [self.seq, self.revision, self.at] {
            digest.update(number.to_be_bytes());
        }
        for text in [Some(&self.report_id), Some(&self.act), Some(&self.state)] {
            field(&mut digest, text.map(String::as_bytes));
        }
        for text in [&self.actor, &self.capacity, &self.unit_id, &self.to_unit, &self.command_id] {
            field(&mut digest, text.as_ref().map(String::as_bytes));
        }
        digest.finalize().into()
    }
}

/// The commitment to a payload.
#[must_use]
pub fn commitment(salt: &[u8], payload: &str) -> [u8; 32] {
    let mut digest = Sha256::new();
    digest.update(b"citizen-payload-v1\n");
    field(&mut digest, Some(salt));
    field(&mut digest, Some(payload.as_bytes()));
    digest.finalize().into()
}

/// Lengths go in front, so that no two different rows give the same bytes.
fn field(digest: &mut Sha256, bytes: Option<&[u8]>) {
    match bytes {
        None => digest.update([0]),
        Some(bytes) => {
            digest.update([1]);
            digest.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
            digest.update(bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link() -> Link {
        Link {
            report_id: "r".to_owned(),
            seq: 1,
            revision: 1,
            act: "submit".to_owned(),
            state: "received".to_owned(),
            at: 1,
            actor: Some("ab".to_owned()),
            capacity: Some("c".to_owned()),
            unit_id: None,
            to_unit: None,
            command_id: None,
        }
    }

    #[test]
    fn every_column_counts() {
        let whole = link().hash(&GENESIS, &NO_PAYLOAD);
        let changed = [
            Link { seq: 2, ..link() },
            Link { revision: 2, ..link() },
            Link { at: 2, ..link() },
            Link { act: "refuse".to_owned(), ..link() },
            Link { state: "refused".to_owned(), ..link() },
            Link { actor: None, ..link() },
            Link { actor: Some("a".to_owned()), capacity: Some("bc".to_owned()), ..link() },
            Link { unit_id: Some(String::new()), ..link() },
        ];
        for other in changed {
            assert_ne!(other.hash(&GENESIS, &NO_PAYLOAD), whole, "{other:?}");
        }
        assert_ne!(link().hash(&whole, &NO_PAYLOAD), whole);
        assert_ne!(link().hash(&GENESIS, &commitment(b"salt", "{}")), whole);
        assert_ne!(commitment(b"salt", "x"), commitment(b"sal", "tx"));
    }
}
