//! Standard libraries for the other systems, built once from Debian's source.

use std::fs;
use std::path::{Path, PathBuf};

use super::cache::Cache;
use super::target::{self, Target};
use super::toolchain;
use crate::run;

/// A package of its own, so that nothing of the project is compiled with it.
const MANIFEST: &str =
    "[workspace]\n\n[package]\nname = \"empty\"\nedition = \"2024\"\n\n[lib]\npath = \"empty.rs\"\n";
const CRATES: &str = "-Zbuild-std=std,panic_abort,proc_macro,test";

/// Builds those that are missing or of another compiler.
pub fn build(cache: &Cache) -> Result<String, String> {
    let version = toolchain::version()?;
    let mut built = Vec::new();
    for target in target::ALL {
        if !is_there(cache, target, &version) {
            build_one(cache, target, &version)?;
            built.push(target.name);
        }
    }
    Ok(if built.is_empty() { "there already".to_owned() } else { format!("built for {}", built.join(", ")) })
}

/// Whether all are there already.
pub fn is_complete(cache: &Cache) -> bool {
    toolchain::version()
        .is_ok_and(|version| target::ALL.iter().all(|target| is_there(cache, target, &version)))
}

fn place(cache: &Cache, target: &Target) -> PathBuf {
    cache.at(&format!("sysroot/lib/rustlib/{}", target.triple))
}

fn is_there(cache: &Cache, target: &Target, version: &str) -> bool {
    fs::read_to_string(place(cache, target).join("made-by")).is_ok_and(|maker| maker == version)
}

fn build_one(cache: &Cache, target: &Target, version: &str) -> Result<(), String> {
    let manifest = cache.write("std/Cargo.toml", MANIFEST)?;
    cache.write("std/empty.rs", "")?;
    let built = cache.at("std/target");
    let mut cargo = toolchain::cargo();
    cargo.args(["build", "--quiet", CRATES, "--target", target.triple, "--manifest-path"]).arg(manifest);
    // The compiler itself is a stable one; only this build may use what is not stable yet.
    cargo.env("RUSTC_BOOTSTRAP", "1").env("CARGO_TARGET_DIR", &built);
    run::finish(&mut cargo)?;
    let place = place(cache, target);
    let libraries = built.join(target.triple).join("debug/deps");
    replace(&libraries, &place)
        .and_then(|()| fs::write(place.join("made-by"), version))
        .and_then(|()| fs::remove_dir_all(&built))
        .map_err(|error| format!("The standard library of {} cannot be kept: {error}.", target.name))
}

/// Two libraries of different builds side by side would be ambiguous, so the folder begins empty.
fn replace(libraries: &Path, place: &Path) -> std::io::Result<()> {
    if place.exists() {
        fs::remove_dir_all(place)?;
    }
    let folder = place.join("lib");
    fs::create_dir_all(&folder)?;
    for entry in fs::read_dir(libraries)? {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if name.ends_with(".rlib") && !name.starts_with("libempty") {
            fs::copy(&path, folder.join(name))?;
        }
    }
    Ok(())
}
