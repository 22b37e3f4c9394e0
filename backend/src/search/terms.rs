//! What somebody looks for, and whether a text has it.

use std::collections::BTreeSet;

use citizen_contract::fold::fold;

/// Words beyond these do not narrow a search any more.
const MOST: usize = 6;
/// The index keeps so many characters of a word; more than these hardly anybody types.
const KEPT: usize = 32;

/// The words of a search; a text must have all of them, in any order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms(Vec<String>);

impl Terms {
    /// Reads what somebody typed.
    #[must_use]
    pub fn read(typed: &str) -> Self {
        Self(fold(typed).split(' ').filter(|term| !term.is_empty()).take(MOST).map(str::to_owned).collect())
    }

    /// Whether nothing is looked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a folded text has, for each term, a word that begins with it.
    #[must_use]
    pub fn fit(&self, folded: &str) -> bool {
        self.0.iter().all(|term| beginnings(folded).any(|rest| rest.starts_with(term.as_str())))
    }

    /// For each term the range of index words that begin with it: from the first, up to the second.
    pub(super) fn ranges(&self) -> impl Iterator<Item = (String, String)> {
        self.0.iter().map(|term| {
            let from = kept(term);
            // No letter sorts behind the last code point.
            let to = format!("{from}{}", char::MAX);
            (from, to)
        })
    }
}

/// The words by which the index knows a folded text.
pub(super) fn index_words(folded: &str) -> BTreeSet<String> {
    beginnings(folded).map(kept).collect()
}

/// The text from each place at which a word begins up to the next space: after a space, and wherever
/// letters or digits begin or end, so that `tn-000042` is found by `000042` and `(ngap` by `ngap`.
fn beginnings(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(' ').flat_map(|piece| {
        let mut before = None;
        piece.char_indices().filter_map(move |(at, letter)| {
            let kind = letter.is_alphanumeric();
            (before.replace(kind) != Some(kind)).then(|| piece.get(at..)).flatten()
        })
    })
}

fn kept(word: &str) -> String {
    word.chars().take(KEPT).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_begins_after_a_space_and_where_letters_and_signs_meet() {
        let words: Vec<&str> = beginnings("tn-000042 (ngap) 50%").collect();
        assert_eq!(words, ["tn-000042", "-000042", "000042", "(ngap)", "ngap)", ")", "50%", "%"]);
        assert_eq!(beginnings("").count(), 0);
    }

    #[test]
    fn people_find_by_beginnings_of_words_in_any_order() {
        let text = fold("TN-000042 Ngập úng 50% đường Đà Nẵng (gần chợ)");
        for (typed, found) in [
            ("ngập", true),
            ("NANG da", true),
            ("ngap ung", true),
            ("42", false),
            ("000042", true),
            ("tn-0000", true),
            ("cho", true),
            ("50%", true),
            ("gap", false),
            ("ngap lut", false),
            ("", true),
        ] {
            assert_eq!(Terms::read(typed).fit(&text), found, "{typed}");
        }
    }

    #[test]
    fn the_index_proposes_whatever_fits() {
        let text = fold(&format!("Đường số 5/12 {}", "a".repeat(100)));
        let words = index_words(&text);
        for typed in ["5", "12", "duong", "/12", &"a".repeat(90)] {
            let terms = Terms::read(typed);
            assert!(terms.fit(&text));
            let (from, to) = terms.ranges().next().unwrap();
            assert!(words.range(from..to).next().is_some(), "{typed}");
        }
    }
}
