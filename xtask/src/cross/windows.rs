//! The tests of contract and core, run as Windows programs.

use std::collections::BTreeSet;
use std::process::Command;

use super::cache::Cache;
use super::left_out::{self, LeftOut};
use super::programs::{self, Program};
use super::wine::Wine;
use super::{target, toolchain};
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
    toolchain::aim(&mut cargo, cache, &target::WINDOWS)?;
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
        counts.join(&test::counted(&mut command)?);
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
