//! Imports of TypeScript and Svelte text.

use std::path::Path;

/// Names under which the folder of features is known besides relative paths.
const FEATURES: &[&str] = &["#lib/features/", "$lib/features/", "src/lib/features/"];

/// The first folder under the features that each import names, with its line.
/// `within` is the file's path inside that folder.
pub fn imports(text: &str, within: &Path) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        for path in quoted(line) {
            if let Some(name) = feature(path, within) {
                found.push((index + 1, name));
            }
        }
    }
    found
}

/// What stands between quotation marks in a line.
fn quoted(line: &str) -> impl Iterator<Item = &str> {
    line.split(['\'', '"', '`']).skip(1).step_by(2)
}

fn feature(path: &str, within: &Path) -> Option<String> {
    for prefix in FEATURES {
        if let Some((_, rest)) = path.split_once(prefix) {
            return rest.split('/').next().map(without_ending);
        }
    }
    if !path.starts_with("./") && !path.starts_with("../") {
        return None;
    }
    // From the file's folder, `..` by `..`; a path that leaves the features names none.
    let mut folders: Vec<String> =
        within.parent()?.iter().map(|name| name.to_string_lossy().into_owned()).collect();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                folders.pop()?;
            }
            name => folders.push(name.to_owned()),
        }
    }
    folders.first().map(|name| without_ending(name))
}

fn without_ending(name: &str) -> String {
    name.split('.').next().unwrap_or(name).to_owned()
}
