//! Units, categories, working calendar: what a locality decides, on its way from the profile to
//! devices.

pub mod catalogue;
pub mod import;

use crate::db::Migration;

/// The tables of this slice.
pub const MIGRATIONS: &[Migration] =
    &[Migration { id: "2024-04-01-places", sql: include_str!("2024-04-01-places.sql") }];
