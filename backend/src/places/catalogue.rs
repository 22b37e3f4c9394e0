//! Reading the catalogue.

use citizen_contract::documents::Catalogue;

use crate::db::{DbError, Tx};
use crate::params;

/// The document's id.
pub const ID: &str = "catalogue";

/// The catalogue as it was imported, if one was.
///
/// # Errors
/// [`DbError`] of the room.
pub fn catalogue(tx: &mut Tx<'_>) -> Result<Option<Catalogue>, DbError> {
    tx.query_opt("SELECT body FROM catalogues WHERE id = ?1", params![ID], |row| {
        serde_json::from_str(&row.text(0)?).map_err(|_| DbError::Column {
            index: 0,
            wanted: "a catalogue",
            found: "other text".to_owned(),
        })
    })
}
