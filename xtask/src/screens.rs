//! The screens, built when a source changes.

use std::path::PathBuf;

use crate::stamp::Stamp;
use crate::{Done, run, setup, types};

/// What the build of the screens reads.
const SOURCES: &[&str] =
    &["src", "static", "package.json", "package-lock.json", "tsconfig.json", "vite.config.ts"];

/// Builds the screens if a source changed.
pub fn build() -> Done {
    if !run::root().join("ui/src/contract").is_dir() {
        types::run()?;
    }
    setup::npm_packages("ui")?;
    let ui = run::root().join("ui");
    let sources: Vec<PathBuf> = SOURCES.iter().map(|source| ui.join(source)).collect();
    let stamp = Stamp::of("ui-build", &sources)?;
    if stamp.is_fresh() && ui.join("build/index.html").is_file() {
        return Ok(());
    }
    run::finish(run::npm().args(["run", "build"]))?;
    stamp.keep()
}
