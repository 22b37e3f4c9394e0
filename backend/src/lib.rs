//! The backend: commands in, documents out, one binary.

pub mod audit;
pub mod auth;
pub mod chores;
pub mod cli;
pub mod clock;
pub mod commands;
pub mod config;
pub mod db;
pub mod erase;
pub mod export;
pub mod feeds;
pub mod files;
pub mod http;
pub mod identity;
pub mod joined;
pub mod keys;
pub mod kill_points;
pub mod ledger;
pub mod messenger;
pub mod national_id;
pub mod nudges;
pub mod open;
mod outbound;
pub mod places;
pub mod receipts;
pub mod reports;
pub mod samples;
pub mod search;
pub mod serve;
#[cfg(any(test, feature = "test-support"))]
pub mod stage;
pub mod state;
pub mod sync;
#[cfg(all(any(test, feature = "test-support"), feature = "postgres"))]
pub mod testing;
pub mod verify;
pub mod workbench;
pub mod world_clock;

pub use config::{Config, ProfileChoice};
pub use open::{Opened, StartError};
pub use serve::{Running, serve};
pub use state::Backend;
