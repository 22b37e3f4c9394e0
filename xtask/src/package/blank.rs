//! An empty Tauri app, built with the same versions and settings, to weigh ours against.

use std::fs;
use std::path::Path;

use super::bundle::{Bundle, PROFILE};
use super::size::{bytes, megabytes};
use crate::run;

const MANIFEST: &str = include_str!("../../blank/Cargo.toml.txt");
const CONFIG: &str = include_str!("../../blank/tauri.conf.json");
const PAGE: &str = include_str!("../../blank/index.html");
const MAIN: &str = include_str!("../../blank/main.rs.txt");
const BUILD: &str = "fn main() {\n    tauri_build::build();\n}\n";

/// Builds the empty app and says how much larger ours is.
///
/// # Errors
/// A sentence if it cannot be built.
pub fn compare(bundle: &Bundle) -> Result<String, String> {
    let folder = run::target_dir().join("xtask/blank");
    write(&folder)?;
    let mut cargo = run::cargo();
    cargo.args(["build", "--profile", PROFILE, "--features", "tauri/custom-protocol", "--manifest-path"]);
    cargo.arg(folder.join("Cargo.toml")).env("CARGO_TARGET_DIR", run::target_dir());
    run::finish(&mut cargo)?;
    let empty = bytes(&run::target_dir().join(PROFILE).join("blank-app"))?;
    let ours = bytes(&bundle.program)?;
    let tenths = ours.saturating_mul(10).checked_div(empty).unwrap_or_default();
    Ok(format!("{} beside {}: {}.{} times", megabytes(ours), megabytes(empty), tenths / 10, tenths % 10))
}

/// Writes its few files. Its versions are those of our lock file.
fn write(folder: &Path) -> Result<(), String> {
    let root = run::root();
    let made = || -> std::io::Result<()> {
        fs::create_dir_all(folder.join("page"))?;
        fs::create_dir_all(folder.join("icons"))?;
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
        fs::copy(root.join("icons/icon.png"), folder.join("icons/icon.png"))?;
        fs::write(folder.join("Cargo.toml"), MANIFEST)?;
        fs::write(folder.join("build.rs"), BUILD)?;
        fs::write(folder.join("main.rs"), MAIN)?;
        fs::write(folder.join("tauri.conf.json"), CONFIG)?;
        fs::write(folder.join("page/index.html"), PAGE)
    };
    made().map_err(|error| format!("{} cannot be written: {error}.", folder.display()))
}
