//! Scenarios with personas against the real parts.
//!
//! [`proxy`] is the network; scenarios stand in `tests/tests`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "this package only tests: it may stop at the first surprise and say what it sees"
)]

pub mod proxy;
