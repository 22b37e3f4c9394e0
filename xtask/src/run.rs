//! Running other programs from the project's root, and saying how it went.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::Done;

/// The project's root folder.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Where cargo builds.
pub fn target_dir() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// A program of that name, to be run in the root.
pub fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

/// Cargo, the same one that runs this program.
pub fn cargo() -> Command {
    let mut command = command(&std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
    // These describe xtask's own build and would make cargo rebuild what reads them.
    for (name, _) in std::env::vars() {
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            command.env_remove(name);
        }
    }
    command
}

/// npm's program, which is a script on Windows.
pub const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// Tauri's program, for `node` in the root. Its file is named, since the link to it is another kind of
/// file on each system.
pub const TAURI: &str = "node_modules/@tauri-apps/cli/tauri.js";

/// npm in the folder of the screens.
pub fn npm() -> Command {
    let mut command = command(NPM);
    command.current_dir(root().join("ui"));
    command
}

/// Runs a program to its end; an error when it cannot start or fails.
pub fn finish(command: &mut Command) -> Done {
    println!("$ {}", shown(command));
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{}` failed ({status}).", shown(command))),
        Err(error) => Err(format!("`{}` could not start: {error}.", shown(command))),
    }
}

/// What a program printed, trimmed; `None` when it is absent or fails.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The words of a command as a person would type them.
pub fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| {
            let word = word.to_string_lossy();
            if word.contains(' ') { format!("'{word}'") } else { word.into_owned() }
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// Steps of a verb: each runs although one before it failed, and a summary follows.
#[derive(Debug, Default)]
pub struct Steps {
    lines: Vec<String>,
    failed: Vec<String>,
}

impl Steps {
    /// Runs a step that ends in a few words about it. Answers whether it went well.
    pub fn step(&mut self, name: &str, act: impl FnOnce() -> Result<String, String>) -> bool {
        println!("\n── {name}");
        let start = Instant::now();
        let outcome = act();
        let seconds = start.elapsed().as_secs();
        let (mark, words) = match &outcome {
            Ok(words) => ('✓', words),
            Err(words) => ('✗', words),
        };
        self.lines.push(format!("{mark} {name:<22} {seconds:>5} s  {words}"));
        if outcome.is_err() {
            self.failed.push(name.to_owned());
        }
        outcome.is_ok()
    }

    /// Whether every step so far went well.
    pub fn all_well(&self) -> bool {
        self.failed.is_empty()
    }

    /// Prints the summary.
    pub fn finish(self) -> Done {
        println!("\n── Summary");
        for line in &self.lines {
            println!("{line}");
        }
        if self.failed.is_empty() { Ok(()) } else { Err(format!("Failed: {}.", self.failed.join(", "))) }
    }
}

/// Turns a step without words into one.
pub fn quiet(done: Done) -> Result<String, String> {
    done.map(|()| String::new())
}
