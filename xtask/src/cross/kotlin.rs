//! Kotlin of the Android project and of our own plugins, read by ktlint: its syntax and its form.

use crate::{run, setup};

const PACKAGE: &str = "xtask/kotlin";
const KTLINT: &str = "xtask/kotlin/node_modules/.bin/ktlint";

/// Reads every file.
pub fn check() -> Result<String, String> {
    // Also those that are not committed yet, without what Gradle and Tauri generate.
    let files = run::output(run::command("git").args([
        "ls-files",
        "--cached",
        "--others",
        "--exclude-standard",
        "*.kt",
        "*.kts",
    ]))
    .ok_or("git does not say which files are Kotlin.")?;
    let files: Vec<&str> = files.lines().filter(|file| run::root().join(file).is_file()).collect();
    if files.is_empty() {
        return Err("no Kotlin was found: gen/android is missing".to_owned());
    }
    setup::npm_packages(PACKAGE)?;
    run::finish(run::command(KTLINT).arg("--relative").args(&files))
        .map(|()| format!("{} files", files.len()))
        .map_err(|_| "see above; `ktlint --format` mends the form".to_owned())
}
