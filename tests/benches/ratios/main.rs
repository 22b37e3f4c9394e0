//! How fast the parts are, as ratios within one run. `cargo xtask bench` runs it.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement stops at the first surprise and talks to the person at the terminal"
)]

mod http;
mod identity;
mod intake;
mod large;
mod pairs;
mod saving;
mod start;

/// How much is done.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Pairs.
    pub rounds: usize,
    /// Reports in one round of intake.
    pub reports: usize,
    /// Rows that stand for "few" and "many".
    pub few: u32,
    pub many: u32,
}

/// A name, a heading, and how it is measured.
type Measure = (&'static str, &'static str, fn(Size));

/// What `--only NAME` chooses from.
const MEASURES: [Measure; 6] = [
    ("intake", "Database level", intake::measure),
    ("http", "HTTP level", http::measure),
    ("identity", "Registering and signing in", identity::measure),
    ("saving", "Device: saving", saving::measure),
    ("start", "Device: start", start::measure),
    ("large", "Growth from few to many rows", large::measure),
];

fn main() {
    let quick = std::env::args().any(|argument| argument == "--quick");
    let size = if quick {
        Size { rounds: 3, reports: 128, few: 1_000, many: 10_000 }
    } else {
        Size { rounds: 20, reports: 1_024, few: 10_000, many: 1_000_000 }
    };
    if cfg!(debug_assertions) {
        println!("This build is not optimised: the figures say nothing about speed.");
    }
    let mut arguments = std::env::args().skip_while(|argument| argument != "--only").skip(1);
    let only = arguments.next();
    let wanted = |name: &str| only.as_deref().is_none_or(|only| only == name);
    for (name, heading, measure) in MEASURES {
        if wanted(name) {
            println!("{heading}");
            measure(size);
        }
    }
}
