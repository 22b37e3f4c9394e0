//! What tests share: a phone and a backend: real files, real HTTP on loopback, a clock moved by hand.

mod backend;
mod phone;

pub use backend::{FakeBackend, Mood};
pub use phone::{Phone, START, photo, submit};
