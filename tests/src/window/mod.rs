//! The real window of the app, driven through WebDriver as a person would use it.
//!
//! [`Screen`] gives a display, [`AppWindow`] opens the app on it and speaks of what a person sees:
//! marks (`data-testid`), words, clicks and keys. One window has one WebDriver of its own.

mod app_window;
mod driver;
mod fits;
mod home;
mod look;
mod screen;

pub use app_window::{AppWindow, Launch};
pub use driver::{Driver, WindowError};
pub use home::Home;
pub use screen::Screen;

#[cfg(test)]
mod tests;
