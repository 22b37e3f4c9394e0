//! What tests share: a phone and a backend: real files, real HTTP on loopback, a clock moved by hand.

mod backend;
mod card;
mod phone;

pub use backend::{CODE, FakeBackend, Mood};
pub use card::{card_picture, png};
pub use phone::{Phone, START, photo, submit};
