//! Enums as the words in which they stand in JSON and in columns.

use citizen_contract::ids::{AccountId, InvalidId};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::db::DbError;

/// The word of a unit variant, as JSON spells it.
pub fn word<T: Serialize>(value: T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        // Only enums of unit variants come here; an empty word fails loudly when it is read.
        _ => String::new(),
    }
}

/// Reads a word back.
///
/// # Errors
/// [`DbError::Column`] for a word that this program does not know.
pub fn read<T: DeserializeOwned>(word: String, column: usize) -> Result<T, DbError> {
    serde_json::from_value(serde_json::Value::String(word)).map_err(|_| unknown(column))
}

/// Reads an identifier.
///
/// # Errors
/// [`DbError::Column`] for a text that is none.
pub fn id<T: std::str::FromStr<Err = InvalidId>>(text: &str, column: usize) -> Result<T, DbError> {
    text.parse().map_err(|_| unknown(column))
}

/// Reads an account's id that may be absent.
///
/// # Errors
/// [`DbError::Column`] for a text that is none.
pub fn opt_account(text: Option<String>, column: usize) -> Result<Option<AccountId>, DbError> {
    text.map(|text| id(&text, column)).transpose()
}

fn unknown(index: usize) -> DbError {
    DbError::Column { index, wanted: "a known word", found: "another".to_owned() }
}
