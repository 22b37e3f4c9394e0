//! The list of tests that do not run as Windows programs, and whether it is true.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::run;

/// Where the list stands.
pub const FILE: &str = "xtask/windows-left-out.txt";
/// Of a hundred tests so many run at least.
const LEAST: usize = 95;

/// Names of tests with their reasons.
#[derive(Debug, Default)]
pub struct LeftOut {
    reasons: BTreeMap<String, String>,
}

impl LeftOut {
    /// The list in the tree.
    pub fn read() -> Result<Self, String> {
        let text = fs::read_to_string(run::root().join(FILE))
            .map_err(|error| format!("{FILE} cannot be read: {error}."))?;
        Self::parse(&text)
    }

    /// One a line: `package/program module::test: reason`. Empty lines and those with # say nothing.
    fn parse(text: &str) -> Result<Self, String> {
        let mut reasons = BTreeMap::new();
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let parts = line
                .split_once(": ")
                .filter(|(name, reason)| name.split(' ').count() == 2 && !reason.trim().is_empty());
            let Some((name, reason)) = parts else {
                return Err(format!("{FILE}, line {}: wanted `package/program test: reason`.", number + 1));
            };
            reasons.insert(name.to_owned(), reason.trim().to_owned());
        }
        Ok(Self { reasons })
    }

    /// Whether a test is on the list.
    pub fn has(&self, test: &str) -> bool {
        self.reasons.contains_key(test)
    }

    /// Compares the list with the tests that exist here and those that exist as Windows programs.
    /// Answers how many ought to run.
    pub fn judge(&self, here: &BTreeSet<String>, windows: &BTreeSet<String>) -> Result<usize, String> {
        let mut faults: Vec<String> = here
            .difference(windows)
            .filter(|test| !self.has(test))
            .map(|test| format!("`{test}` does not exist for Windows and is not on the list."))
            .collect();
        let gone = self.reasons.keys().filter(|test| !here.contains(*test) && !windows.contains(*test));
        faults.extend(gone.map(|test| format!("`{test}` is on the list and exists nowhere.")));
        let all = here.union(windows).count();
        let runs = windows.iter().filter(|test| !self.has(test)).count();
        if runs * 100 < all * LEAST {
            faults.push(format!("only {runs} of {all} tests would run; at least {LEAST} of 100 must"));
        }
        if faults.is_empty() { Ok(runs) } else { Err(format!("{FILE}:\n{}", faults.join("\n"))) }
    }

    /// The list for the person at the terminal.
    pub fn print(&self) {
        for (test, reason) in &self.reasons {
            println!("left out: {test}: {reason}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn hundred() -> BTreeSet<String> {
        (0..100).map(|number| format!("core/lib test{number}")).collect()
    }

    #[test]
    fn a_list_that_is_true_is_accepted() {
        let list = LeftOut::parse("# why\n\ncore/lib unix::rights: Windows has no such rights\n").unwrap();
        let windows = hundred();
        let here = &windows | &names(&["core/lib unix::rights"]);
        assert_eq!(list.judge(&here, &windows), Ok(100));
    }

    #[test]
    fn a_test_that_vanishes_must_be_listed() {
        let here = &hundred() | &names(&["core/lib unix::rights"]);
        let fault = LeftOut::default().judge(&here, &hundred()).unwrap_err();
        assert!(fault.contains("`core/lib unix::rights` does not exist for Windows"), "{fault}");
    }

    #[test]
    fn a_listed_test_that_is_gone_is_a_fault() {
        let list = LeftOut::parse("core/lib old: gone").unwrap();
        assert!(list.judge(&hundred(), &hundred()).unwrap_err().contains("exists nowhere"));
    }

    #[test]
    fn too_few_are_a_fault() {
        let text: Vec<String> = hundred().iter().take(6).map(|test| format!("{test}: so")).collect();
        let list = LeftOut::parse(&text.join("\n")).unwrap();
        assert!(list.judge(&hundred(), &hundred()).unwrap_err().contains("only 94 of 100"));
    }

    #[test]
    fn every_line_has_a_reason() {
        for text in ["core/lib a::b", "core/lib a::b: ", "a::b: reason"] {
            assert!(LeftOut::parse(text).unwrap_err().contains("line 1"), "{text}");
        }
    }

    #[test]
    fn the_list_in_the_tree_can_be_read() {
        LeftOut::read().unwrap();
    }
}
