//! The hash of an entry.

use sha2::{Digest, Sha256};

/// What stands before the first entry.
pub(super) const GENESIS: [u8; 32] = [0; 32];

/// An entry as its row has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) seq: i64,
    pub(super) at: i64,
    pub(super) actor: Option<String>,
    pub(super) act: String,
    pub(super) subject_kind: Option<String>,
    pub(super) subject_id: Option<String>,
    pub(super) unit_id: Option<String>,
    pub(super) detail: String,
}

impl Link {
    /// The hash of this entry after the one with the hash `before`.
    pub(super) fn hash(&self, before: &[u8]) -> [u8; 32] {
        let mut digest = Sha256::new();
        digest.update(b"citizen-audit-entry-v1\n");
        field(&mut digest, Some(before));
        for number in [self.seq, self.at] {
            digest.update(number.to_be_bytes());
        }
        for text in [Some(&self.act), Some(&self.detail)] {
            field(&mut digest, text.map(String::as_bytes));
        }
        for text in [&self.actor, &self.subject_kind, &self.subject_id, &self.unit_id] {
            field(&mut digest, text.as_ref().map(String::as_bytes));
        }
        digest.finalize().into()
    }
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
