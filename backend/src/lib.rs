//! The backend: commands in, documents out, one binary.

pub mod auth;
pub mod clock;
pub mod commands;
pub mod db;
pub mod feeds;
pub mod identity;
pub mod kill_points;
pub mod ledger;
pub mod nudges;
pub mod places;
pub mod receipts;
pub mod reports;
#[cfg(any(test, feature = "test-support"))]
pub mod stage;
pub mod state;
pub mod sync;
#[cfg(all(any(test, feature = "test-support"), feature = "postgres"))]
pub mod testing;
pub mod verify;
pub mod workbench;

pub use state::Backend;
