//! The tour: the windows of the demo, driven through their stories on a screen nobody sees.

use crate::{Done, desktop, run};

/// Runs the tour, which prints its steps and leaves pictures.
pub fn run() -> Done {
    // The programs first: the tour starts them and cargo does not build
    // programs of other packages for a test.
    run::finish(run::cargo().args(["build", "-p", "citizen-backend", "-p", "thuy-nguyen-smart"]))?;
    let mut cargo = run::cargo();
    // One after the other: a report's way through the office, and one account on two phones.
    cargo.args(["test", "-p", "citizen-tests", "--test", "tour", "--test", "journey"]);
    cargo.args(["--", "--nocapture", "--test-threads=1"]);
    // The tests tell the same stories on other screens too.
    cargo.args(["--skip", "_on_small_screens", "--skip", "_with_twice_the_text"]);
    cargo.env("CITIZEN_TOUR_PICTURES", super::folder());
    run::finish(&mut desktop::inside(&cargo, true)?)
}
