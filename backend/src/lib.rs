//! The backend: commands in, documents out, one binary.

pub mod clock;
pub mod db;
pub mod feeds;
pub mod identity;
pub mod nudges;
#[cfg(any(test, feature = "test-support"))]
pub mod stage;
pub mod state;

pub use state::Backend;
