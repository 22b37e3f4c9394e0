//! The tests of contract and core, run as Windows programs.

use std::collections::BTreeSet;
use std::process::Command;

use super::cache::Cache;
use super::left_out::{self, LeftOut};
use super::programs::{self, Program};
use super::target;
use super::toolchain::{self, C};
use super::wine::Wine;
use crate::run;
use crate::test::{self, Counts};

/// A test that was left out because it hangs must not hang this either.
const PATIENCE: &str = "120";

/// Builds and runs them, and compares them with the list of those left out.
pub fn tests(cache: &Cache) -> Result<String, String> {
    let list = LeftOut::read()?;
    let mut cargo = run::cargo();
    programs::ask(&mut cargo);
    let here = names(&programs::build(&mut cargo)?, here)?;
    let mut cargo = toolchain::cargo();
    programs::ask(&mut cargo);
    toolchain::aim(&mut cargo, cache, &target::WINDOWS, C::IfPossible)?;
    let programs = programs::build(&mut cargo)?;
    let wine = Wine::prepare(cache)?;
    let windows = names(&programs, |program| under_wine(cache, &wine, program))?;
    let expected = list.judge(&here, &windows)?;
    let mut counts = Counts::default();
    for program in &programs {
        let left_out: Vec<String> = programs::tests(under_wine(cache, &wine, program))?
            .into_iter()
            .filter(|test| list.has(&program.test_name(test)))
            .collect();
        for test in &left_out {
            still_fails(&mut under_wine(cache, &wine, program), &program.test_name(test), test)?;
        }
        let mut command = under_wine(cache, &wine, program);
        for test in &left_out {
            command.args(["--skip", test]);
        }
        command.arg("--exact");
        println!("$ {}", run::shown(&command));
        let ran = test::counted(&mut command)?;
        if !ran.success && ran.failed == 0 {
            return Err(format!("the tests of {} died", program.package));
        }
        counts.join(&ran);
    }
    list.print();
    verdict(&counts, expected, here.union(&windows).count())
}

fn verdict(counts: &Counts, expected: usize, all: usize) -> Result<String, String> {
    let words =
        format!("{} of {all} tests passed as Windows programs, {} failed", counts.passed, counts.failed);
    // A program that dies says nothing of the tests that it did not come to.
    let all_came = usize::try_from(counts.passed).is_ok_and(|passed| passed == expected);
    if counts.failed == 0 && all_came { Ok(words) } else { Err(format!("{words}, {expected} expected")) }
}

fn names(programs: &[Program], command: impl Fn(&Program) -> Command) -> Result<BTreeSet<String>, String> {
    let mut names = BTreeSet::new();
    for program in programs {
        let tests = programs::tests(command(program))?;
        names.extend(tests.iter().map(|test| program.test_name(test)));
    }
    Ok(names)
}

fn here(program: &Program) -> Command {
    let mut command = Command::new(&program.file);
    command.current_dir(&program.folder);
    command
}

/// What cargo would tell a test, and where it may write.
fn under_wine(cache: &Cache, wine: &Wine, program: &Program) -> Command {
    let mut command = wine.program(&program.file, &program.folder);
    command.env("CARGO_MANIFEST_DIR", &program.folder).env("INSTA_WORKSPACE_ROOT", run::root());
    // A snapshot that differs is a failure, never a new file.
    command.env("INSTA_UPDATE", "no").env("TS_RS_EXPORT_DIR", cache.at("types"));
    command
}

/// A test that is left out and passes is on the list for nothing.
fn still_fails(command: &mut Command, name: &str, test: &str) -> Result<(), String> {
    let mut patient = run::command("timeout");
    patient.arg(PATIENCE).arg(command.get_program()).args(command.get_args());
    patient.args(["--exact", test]);
    for (variable, value) in command.get_envs() {
        match value {
            Some(value) => patient.env(variable, value),
            None => patient.env_remove(variable),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        patient.current_dir(folder);
    }
    match run::output(&mut patient) {
        Some(_) => Err(format!("`{name}` is left out and passes: take it off {}.", left_out::FILE)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(passed: u32, failed: u32) -> Counts {
        let mut counts = Counts::default();
        (counts.passed, counts.failed) = (passed, failed);
        counts
    }

    #[test]
    fn everything_that_ought_to_run_must_pass() {
        assert_eq!(
            verdict(&counts(97, 0), 97, 100).unwrap(),
            "97 of 100 tests passed as Windows programs, 0 failed"
        );
        assert!(verdict(&counts(96, 1), 97, 100).is_err());
    }

    #[test]
    fn a_program_that_dies_half_way_is_a_fault() {
        assert!(verdict(&counts(50, 0), 97, 100).unwrap_err().ends_with("97 expected"));
    }

    #[test]
    fn a_test_that_is_left_out_and_passes_is_a_fault() {
        let judged = |program| still_fails(&mut Command::new(program), "core/lib a::b", "a::b");
        assert!(judged("true").unwrap_err().contains("take it off"));
        assert_eq!(judged("false"), Ok(()));
    }
}
