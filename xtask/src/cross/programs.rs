//! Test programs that cargo built, and the tests that each holds.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::run;

/// Whose tests run as Windows programs.
pub const PACKAGES: &[&str] = &["citizen-contract", "citizen-core"];

/// One program full of tests.
#[derive(Debug, PartialEq, Eq)]
pub struct Program {
    /// The package it tests.
    pub package: String,
    /// The package's folder, where its tests expect to be run.
    pub folder: PathBuf,
    /// The file to run.
    pub file: PathBuf,
    /// Its name within the package: the library's, or a file's in `tests/`.
    pub name: String,
}

impl Program {
    /// How a test of it is called in summaries and in the list of those left out.
    pub fn test_name(&self, test: &str) -> String {
        format!("{}/{} {test}", self.package, self.name)
    }
}

/// Lets cargo build the tests and not run them.
pub fn ask(cargo: &mut Command) {
    cargo.args(["test", "--no-run", "--lib", "--tests"]);
    for package in PACKAGES {
        cargo.args(["-p", package]);
    }
}

/// Builds the test programs and says which they are.
pub fn build(cargo: &mut Command) -> Result<Vec<Program>, String> {
    println!("$ {}", run::shown(cargo));
    cargo.arg("--message-format=json-render-diagnostics");
    let output = cargo
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("cargo could not start: {error}."))?;
    if !output.status.success() {
        return Err("the tests do not compile, see above".to_owned());
    }
    Ok(read(&String::from_utf8_lossy(&output.stdout)))
}

/// Reads cargo's messages, one a line.
fn read(messages: &str) -> Vec<Program> {
    let messages = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    messages.filter_map(|message| program(&message)).collect()
}

fn program(message: &Value) -> Option<Program> {
    let file = PathBuf::from(message.get("executable")?.as_str()?);
    if message.pointer("/profile/test")? != &Value::Bool(true) {
        return None;
    }
    let folder = Path::new(message.get("manifest_path")?.as_str()?).parent()?.to_owned();
    let name = message.pointer("/target/name")?.as_str()?.to_owned();
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).ok()?;
    let package = package_name(&manifest)?;
    Some(Program { package, folder, file, name })
}

fn package_name(manifest: &str) -> Option<String> {
    let line = manifest.lines().find_map(|line| line.strip_prefix("name = "))?;
    Some(line.trim().trim_matches('"').to_owned())
}

/// The tests that a program says it has.
pub fn tests(mut command: Command) -> Result<Vec<String>, String> {
    let text = run::output(command.args(["--list", "--format", "terse"]))
        .ok_or_else(|| format!("`{}` does not say which tests it has.", run::shown(&command)))?;
    Ok(listed(&text))
}

fn listed(text: &str) -> Vec<String> {
    text.lines().filter_map(|line| line.trim_end().strip_suffix(": test")).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_of_tests_are_tests() {
        let text = "a::b: test\r\nc::d: benchmark\nbé::ngã: test\n\n2 tests, 1 benchmark\n";
        assert_eq!(listed(text), ["a::b", "bé::ngã"]);
    }

    #[test]
    fn programs_are_found_among_the_messages() {
        let folder = tempfile::tempdir().unwrap();
        let manifest = folder.path().join("Cargo.toml");
        std::fs::write(&manifest, "[package]\nname = \"citizen-core\"\n").unwrap();
        let message = |test: bool, file: &str| {
            format!(
                r#"{{"reason":"compiler-artifact","manifest_path":{manifest:?},"target":{{"name":"citizen_core"}},"profile":{{"test":{test}}},"executable":{file}}}"#
            )
        };
        let text = [
            message(true, r#""/t/core.exe""#),
            message(false, r#""/t/program""#),
            message(true, "null"),
            "warning: words".to_owned(),
            r#"{"reason":"build-finished","success":true}"#.to_owned(),
        ]
        .join("\n");
        let expected = Program {
            package: "citizen-core".into(),
            folder: folder.path().to_owned(),
            file: "/t/core.exe".into(),
            name: "citizen_core".into(),
        };
        assert_eq!(read(&text), [expected]);
    }
}
