//! `cargo xtask types`: the TypeScript of the wire and of the views, written from the Rust types.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use crate::{Done, run};

/// Where the types stand; `.cargo/config.toml` tells the generator the same.
const FOLDER: &str = "ui/src/contract";
/// The packages that export types.
const PACKAGES: &[&str] = &["citizen-contract", "citizen-core"];

/// Writes the types anew, without those that no longer exist.
pub fn run() -> Done {
    let (fresh, folder) = (run::target_dir().join("xtask/contract"), run::root().join(FOLDER));
    remove(&fresh)?;
    let mut cargo = run::cargo();
    cargo.args(["test", "--lib"]);
    for package in PACKAGES {
        cargo.args(["-p", package]);
    }
    run::finish(cargo.args(["--", "--quiet", "export_bindings"]).env("TS_RS_EXPORT_DIR", &fresh))?;
    // Only now: types that could not be generated must not cost the old ones.
    remove(&folder)?;
    copy(&fresh, &folder).map_err(|error| format!("{FOLDER} cannot be written: {error}."))
}

fn remove(folder: &Path) -> Done {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(format!("{} cannot be emptied: {error}.", folder.display()))
        }
        _ => Ok(()),
    }
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
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
