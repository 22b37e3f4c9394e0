//! The screens: installed when the lock file changes, built when a source changes.

use std::path::PathBuf;

use crate::stamp::Stamp;
use crate::{Done, run, types};

/// What the build of the screens reads.
const SOURCES: &[&str] =
    &["src", "static", "package.json", "package-lock.json", "tsconfig.json", "vite.config.ts"];

/// Installs the packages of the screens if they are not those of the lock file.
pub fn install() -> Done {
    let ui = run::root().join("ui");
    let stamp = Stamp::of("ui-packages", &[ui.join("package-lock.json"), run::root().join(".npmrc")])?;
    if stamp.is_fresh() && ui.join("node_modules").is_dir() {
        return Ok(());
    }
    run::finish(run::npm().args(["ci", "--no-audit", "--no-fund"]))?;
    stamp.keep()
}

/// Builds the screens if a source changed.
pub fn build() -> Done {
    if !run::root().join("ui/src/contract").is_dir() {
        types::generate()?;
    }
    install()?;
    let ui = run::root().join("ui");
    let sources: Vec<PathBuf> = SOURCES.iter().map(|source| ui.join(source)).collect();
    let stamp = Stamp::of("ui-build", &sources)?;
    if stamp.is_fresh() && ui.join("build/index.html").is_file() {
        return Ok(());
    }
    run::finish(run::npm().args(["run", "build"]))?;
    stamp.keep()
}
