//! By which words a report is found.

use serde_json::Value;

/// Number, words, place and category of a report, one after the other.
#[must_use]
pub fn search_text(body: &Value) -> String {
    let at = |pointer: &str| body.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    [at("/number"), at("/title"), at("/words"), at("/place/words"), at("/category")].join(" ")
}
