//! `cargo xtask slices`: a slice never imports another slice.
//!
//! In a file of a slice, no path may lead from the crate's root, from the
//! parents, or from the screens' folder of features into another slice. Nested
//! `use crate::{a, b::{c}}` is read as Rust reads it.

mod rust;
mod screens;

use std::fs;
use std::path::{Path, PathBuf};

use crate::{Done, run};

/// The slices; architecture and folders use the same words.
const SLICES: &[&str] = &[
    "identity",
    "reports",
    "places",
    "workbench",
    "news",
    "alerts",
    "surveys",
    "directory",
    "rollout",
    "notifications",
];
const RUST_ROOMS: &[&str] = &["core/src", "backend/src"];
const SCREEN_ROOM: &str = "ui/src/lib/features";

/// Checks every file of every slice.
pub fn run() -> Done {
    let faults = faults(&run::root())?;
    if faults.is_empty() {
        return Ok(());
    }
    Err(format!("A slice imports another:\n{}", faults.join("\n")))
}

fn faults(root: &Path) -> Result<Vec<String>, String> {
    let mut faults = Vec::new();
    for room in RUST_ROOMS {
        visit(root, room, &["rs"], &mut faults, |text, within| {
            let module = module_path(within);
            rust::imports(text, module.len())
        })?;
    }
    visit(root, SCREEN_ROOM, &["ts", "js", "svelte"], &mut faults, screens::imports)?;
    Ok(faults)
}

/// Walks the files of a room and asks `imports` for (line, first folder or module that is named).
fn visit(
    root: &Path,
    room: &str,
    endings: &[&str],
    faults: &mut Vec<String>,
    imports: impl Fn(&str, &Path) -> Vec<(usize, String)>,
) -> Done {
    for file in files(&root.join(room), endings)? {
        let within = file.strip_prefix(root.join(room)).unwrap_or(&file);
        let Some(own) = slice_of(within) else { continue };
        let text = fs::read_to_string(&file)
            .map_err(|error| format!("{} cannot be read: {error}.", file.display()))?;
        for (line, named) in imports(&text, within) {
            if named != own && SLICES.contains(&named.as_str()) {
                let place = file.strip_prefix(root).unwrap_or(&file).display();
                faults.push(format!("{place}:{line}: slice {own} imports slice {named}"));
            }
        }
    }
    Ok(())
}

/// The slice to which a file of a room belongs.
fn slice_of(within: &Path) -> Option<&'static str> {
    let first = Path::new(within.components().next()?.as_os_str()).file_stem()?.to_str()?;
    SLICES.iter().copied().find(|slice| *slice == first)
}

/// `reports/submit.rs` is the module `reports::submit`; `reports/mod.rs` is `reports`.
fn module_path(within: &Path) -> Vec<String> {
    let path = within.with_extension("");
    let mut names: Vec<String> = path.iter().map(|name| name.to_string_lossy().into_owned()).collect();
    if names.last().is_some_and(|name| name == "mod") {
        names.pop();
    }
    names
}

fn files(folder: &Path, endings: &[&str]) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    if !folder.is_dir() {
        return Ok(found);
    }
    let entries =
        fs::read_dir(folder).map_err(|error| format!("{} cannot be read: {error}.", folder.display()))?;
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path, endings)?);
        } else if path.extension().is_some_and(|ending| endings.iter().any(|known| ending == *known)) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests;
