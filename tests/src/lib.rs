//! Scenarios with personas against the real parts.
//!
//! [`proxy`] is the network, [`reader`] the second client, [`kill`] ends processes, [`photos`] are
//! real ones, [`card`] draws the code of a card, [`traces`] looks for what somebody typed where it must not
//! stand, [`window`] drives the app; scenarios stand in `tests/tests`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "this package only tests: it may stop at the first surprise and say what it sees"
)]

pub mod card;
pub mod key_file;
pub mod kill;
pub mod national;
pub mod photos;
pub mod proxy;
pub mod reader;
pub mod scratch;
pub mod small_disk;
pub mod switched_keys;
pub mod tour;
pub mod traces;
pub mod window;
pub mod world;
