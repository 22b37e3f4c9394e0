//! Folding of Vietnamese text for search, the same on both sides of the wire.
//!
//! People type with and without diacritics, in composed and decomposed
//! Unicode, in the old and the new placement of tone marks (`Thuỷ`, `Thủy`).
//! All of these fold to the same plain letters.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The searchable form of `text`: lowercase, without diacritics, `đ` as `d`,
/// every run of white space as one space, none at the ends.
///
/// The result is idempotent: `fold(&fold(x)) == fold(x)`.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    // Lowercasing comes after decomposition as well as before it: `İ`
    // lowercases to `i` and a mark, and a mark may hide a capital letter.
    let plain = text
        .chars()
        .flat_map(char::to_lowercase)
        .nfd()
        .filter(|c| !is_combining_mark(*c));
    for c in plain {
        match c {
            'đ' => folded.push('d'),
            c if c.is_whitespace() => {
                if !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            c => folded.push(c),
        }
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}
