//! `cargo xtask test`: every test of every part.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::run::{self, Steps, quiet};
use crate::{Done, desktop, screens, setup};

/// Runs the tests and prints a summary.
pub fn run() -> Done {
    let mut steps = Steps::default();
    add_steps(&mut steps);
    steps.finish()
}

/// The steps of the verb, for `ci` to go on from.
pub fn add_steps(steps: &mut Steps) {
    steps.step("machine", || quiet(setup::machine()));
    steps.step("screens", || quiet(screens::build()));
    if !steps.all_well() {
        // Nothing below can work without these.
        return;
    }
    steps.step("tests of the screens", || quiet(run::finish(run::npm().args(["run", "test"]))));
    steps.step("fingers on the screens", || quiet(fingers()));
    // Window and server tests start the programs, and `cargo test` alone does
    // not build programs of other packages. The same flags as below, so that
    // nothing is built twice.
    steps.step("build", || {
        quiet(run::finish(run::cargo().args(["build", "--workspace", "--bins", "--tests"])))
    });
    if steps.all_well() {
        steps.step("tests of the workspace", workspace);
    }
}

/// Touch, the back button and rotation, in a browser's emulation of a phone.
fn fingers() -> Done {
    run::finish(run::npm().args(["run", "build:preview"]))?;
    run::finish(run::npm().args(["run", "touch"]))
}

fn workspace() -> Result<String, String> {
    let mut cargo = run::cargo();
    cargo.args(["test", "--workspace", "--no-fail-fast"]);
    let mut command = if cfg!(target_os = "linux") { desktop::inside(&cargo, true)? } else { cargo };
    println!("$ {}", run::shown(&command));
    let counts = counted(&mut command)?;
    let words = format!("{} passed, {} failed, {} left out", counts.passed, counts.failed, counts.ignored);
    if counts.success { Ok(words) } else { Err(words) }
}

/// What test programs reported in all.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// How many passed.
    pub passed: u32,
    /// How many failed.
    pub failed: u32,
    ignored: u32,
    /// Whether the program ended well.
    pub success: bool,
}

impl Counts {
    /// Adds the numbers of another program.
    pub fn join(&mut self, other: &Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.ignored += other.ignored;
    }

    /// Reads `test result: ok. 3 passed; 0 failed; 1 ignored; …`; other lines count nothing.
    fn add(&mut self, line: &str) {
        let Some(result) = line.strip_prefix("test result: ") else { return };
        let words: Vec<&str> = result.split_whitespace().collect();
        for pair in words.windows(2) {
            let [number, word] = pair else { continue };
            let Ok(number) = number.parse::<u32>() else { continue };
            match word.trim_end_matches(';') {
                "passed" => self.passed += number,
                "failed" => self.failed += number,
                "ignored" => self.ignored += number,
                _ => {}
            }
        }
    }
}

/// Runs tests, showing what they print as it comes.
pub fn counted(command: &mut Command) -> Result<Counts, String> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("The tests could not start: {error}."))?;
    let mut counts = Counts::default();
    if let Some(output) = child.stdout.take() {
        // Lossy: a program that dies in the middle of a letter must not end the count.
        for line in BufReader::new(output).split(b'\n') {
            let Ok(line) = line else { break };
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            counts.add(&line);
        }
    }
    let status = child.wait().map_err(|error| format!("The tests got lost: {error}."))?;
    counts.success = status.success();
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use super::Counts;

    #[test]
    fn results_add_up() {
        let mut counts = Counts::default();
        counts.add("running 5 tests");
        counts.add(
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.01s",
        );
        counts.add("test result: FAILED. 2 passed; 4 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.00s");
        assert_eq!(counts, Counts { passed: 5, failed: 4, ignored: 1, success: false });
    }
}
