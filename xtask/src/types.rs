//! `cargo xtask types`: the TypeScript of the wire and of the views, written from the Rust types.

use std::fs;

use crate::{Done, run};

/// Where the types stand; `.cargo/config.toml` tells the generator the same.
const FOLDER: &str = "ui/src/contract";
/// The packages that export types.
const PACKAGES: &[&str] = &["citizen-contract", "citizen-core"];

/// Writes the types anew, without those that no longer exist.
pub fn run() -> Done {
    let folder = run::root().join(FOLDER);
    if folder.is_dir() {
        fs::remove_dir_all(&folder).map_err(|error| format!("{FOLDER} cannot be emptied: {error}."))?;
    }
    generate()
}

/// Writes the types over the old ones.
pub fn generate() -> Done {
    let mut cargo = run::cargo();
    cargo.args(["test", "--quiet", "--lib"]);
    for package in PACKAGES {
        cargo.args(["-p", package]);
    }
    run::finish(cargo.args(["--", "--quiet", "export_bindings"]))
}

/// Fails when the committed types are not those of the code.
pub fn check() -> Done {
    run()?;
    let changed = run::output(run::command("git").args(["status", "--porcelain", "--", FOLDER]));
    match changed.as_deref() {
        Some("") => Ok(()),
        Some(files) => {
            Err(format!("The generated types differ from the committed ones:\n{files}\nCommit {FOLDER}."))
        }
        None => Err("git could not say whether the generated types changed.".to_owned()),
    }
}
