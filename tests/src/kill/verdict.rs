//! What the server holds against what was promised.

use std::collections::BTreeMap;

use citizen_contract::hash::ContentHash;

use super::ledger::{Entry, Ledger};

/// A report as the second client found it on the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The order's word in it.
    pub token: String,
    /// The hashes of the original bytes of its photos in order; `None` where there are none.
    pub photos: Vec<Option<ContentHash>>,
}

/// The comparison; each list names orders.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Orders in the ledger as saved.
    pub saved: usize,
    /// Saved, and not on the server.
    pub lost: Vec<String>,
    /// On the server more than once.
    pub doubled: Vec<String>,
    /// On the server with a photo that is missing or has other bytes.
    pub incomplete: Vec<String>,
    /// On the server, and never ordered.
    pub strange: Vec<String>,
}

impl Verdict {
    /// Compares.
    #[must_use]
    pub fn of(ledger: &Ledger, found: &[Found]) -> Self {
        let mut by_token: BTreeMap<&str, Vec<&Found>> = BTreeMap::new();
        for one in found {
            by_token.entry(&one.token).or_default().push(one);
        }
        let mut verdict = Self::default();
        for (token, entry) in ledger.entries() {
            let there = by_token.remove(token.as_str()).unwrap_or_default();
            if there.len() > 1 {
                verdict.doubled.push(token.clone());
            }
            // An order that died before "saved" may be there or not, but not in part.
            let Entry::Saved { photos } = entry else { continue };
            verdict.saved += 1;
            if there.is_empty() {
                verdict.lost.push(token.clone());
            }
            let wanted: Vec<Option<ContentHash>> = photos.iter().cloned().map(Some).collect();
            if there.iter().any(|one| one.photos != wanted) {
                verdict.incomplete.push(token.clone());
            }
        }
        verdict.strange = by_token.into_keys().map(str::to_owned).collect();
        verdict
    }

    /// Whether nothing is lost, doubled, incomplete or strange.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.lost.is_empty()
            && self.doubled.is_empty()
            && self.incomplete.is_empty()
            && self.strange.is_empty()
    }
}

impl std::fmt::Display for Verdict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} saved: {} lost, {} doubled, {} with photo bytes missing, {} strange",
            self.saved,
            self.lost.len(),
            self.doubled.len(),
            self.incomplete.len(),
            self.strange.len()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(token: &str, photos: &[&[u8]]) -> Found {
        Found {
            token: token.into(),
            photos: photos.iter().map(|bytes| Some(ContentHash::of(bytes))).collect(),
        }
    }

    #[test]
    fn each_way_of_breaking_the_promise_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::begin(&dir.path().join("ledger")).unwrap();
        for token in ["giữ", "mất", "đôi", "thiếu"] {
            ledger.intend(token).unwrap();
            ledger.saved(token, vec![ContentHash::of(b"anh")]).unwrap();
        }
        ledger.intend("dở").unwrap();
        let mut short = found("thiếu", &[b"anh"]);
        short.photos[0] = None;
        let server = [
            found("giữ", &[b"anh"]),
            found("đôi", &[b"anh"]),
            found("đôi", &[b"anh"]),
            short,
            found("lạ", &[]),
        ];
        let verdict = Verdict::of(&ledger, &server);
        assert_eq!(verdict.saved, 4);
        assert_eq!(verdict.lost, ["mất"]);
        assert_eq!(verdict.doubled, ["đôi"]);
        assert_eq!(verdict.incomplete, ["thiếu"]);
        assert_eq!(verdict.strange, ["lạ"]);
        assert!(!verdict.is_clean());
        assert!(Verdict::of(&ledger, &[]).doubled.is_empty());
    }
}
