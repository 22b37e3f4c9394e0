//! The client without a window: everything the app does, with no screen and no Tauri in it.
//!
//! Two pipes: what a person does goes up as commands through [`outbox`], what the app keeps comes
//! down as documents through [`sync`]. Platform rooms (`ports`, `store`, `lock`, `outbox`, `sync`,
//! `photos`, `worker`) know no feature; each feature is a slice module (`identity`, `places`, `reports`,
//! `workbench`), and slices never import one another: [`app`] joins them. Time, randomness, keys
//! and the network come in through [`ports`]; there are no globals.

pub mod app;
pub mod device;
pub mod events;
pub mod http;
pub mod identity;
pub mod links;
pub mod locality;
pub mod lock;
pub mod outbox;
pub mod photos;
pub mod places;
pub mod ports;
pub mod reports;
pub mod shown;
pub mod store;
pub mod sync;
pub mod uploads;
pub mod workbench;
pub mod worker;

#[cfg(test)]
mod tests;
