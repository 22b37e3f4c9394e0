//! Sends what waits while the app is closed, as far as the system of a phone grants it.
//!
//! When the app goes out of sight with something unsent, it asks for one run with a network. Android
//! (WorkManager) may begin the process for that alone, without a window: then the native library opens the
//! files itself, sends, and closes them. iOS (`BGTaskScheduler`) begins the whole app in the background, which
//! sends as always. Nobody promises when, or that it happens at all; desktops grant nothing.
//!
//! The window and a run without one are never at the files at the same time: see [`Turn`].

mod turn;

#[cfg(target_os = "android")]
pub mod android;
#[cfg(mobile)]
mod plugin;

#[cfg(mobile)]
pub use plugin::{BackgroundFlush, BackgroundFlushExt, init};
pub use turn::{Begun, Stop, Turn};

use std::sync::Arc;

/// What became of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing waits any more.
    AllSent,
    /// Something still waits; another run would help.
    SomethingLeft,
}

/// An app that is open in this process and can be told to send.
pub trait Open: Send + Sync {
    /// Sends what waits. Blocks until that is done, cannot be done now, or `stop` is asked for.
    fn flush(&self, stop: &Stop) -> Outcome;
}

/// Whose turn it is in this process.
pub static TURN: Turn<Arc<dyn Open>> = Turn::new();
