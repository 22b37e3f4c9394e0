//! How things are put for screens: shapes that several slices hand to the window.
//!
//! Times are milliseconds since 1970, states are codes, names come in both languages. A slice has
//! its own shapes in its `view.rs`; what two slices show stands here.

mod due;
mod row;
mod view;

pub use due::{Due, answer_due, due_of, due_of_item};
pub(crate) use row::place_in_words;
pub use row::{row_of, row_of_item};
pub use view::{
    DueView, NetworkView, PhotoShown, PhotoShownRole, PlaceInput, PlaceView, ReportRow, Status, Tone,
};
