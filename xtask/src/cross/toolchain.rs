//! Debian's Rust, kept apart from the one that runs this program.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use super::cache::Cache;
use super::target::Target;
use crate::run;

/// rustup stands first in most paths, so both are named whole.
const CARGO: &str = "/usr/bin/cargo";
const RUSTC: &str = "/usr/bin/rustc";

/// Does nothing where C would be compiled: a check reads Rust only, and no other C compiler for
/// phones is packaged. Questions about the compiler itself (`-E`) are answered by the machine's own.
const SILENT_CC: &str = r#"#!/bin/sh
for word in "$@"; do
    [ "$word" = -E ] && exec cc "$@"
done
while [ $# -gt 0 ]; do
    [ "$1" = -o ] && : > "$2"
    shift
done
exit 0
"#;

/// What it calls itself, with the system that it runs on.
pub fn version() -> Result<String, String> {
    run::output(Command::new(RUSTC).arg("-vV"))
        .ok_or_else(|| format!("{RUSTC} is missing: cross needs Debian 12 with its package rustc-web."))
}

/// Debian's cargo in the root, free of what the outer cargo told this program.
pub fn cargo() -> Command {
    let mut cargo = run::command(CARGO);
    for (name, _) in std::env::vars_os() {
        if belongs_to_outer_build(&name) {
            cargo.env_remove(name);
        }
    }
    let mut path = OsString::from("/usr/bin:/bin");
    if let Some(rest) = std::env::var_os("PATH") {
        path.push(":");
        path.push(rest);
    }
    cargo.env("PATH", path).env("RUSTC", RUSTC);
    // Nobody debugs these, and half of the disk goes to that.
    cargo.env("CARGO_PROFILE_DEV_DEBUG", "0").env("CARGO_INCREMENTAL", "0");
    cargo
}

fn belongs_to_outer_build(name: &OsString) -> bool {
    let name = name.to_string_lossy();
    let kept = ["CARGO_HOME", "CARGO_NET_OFFLINE", "CARGO_TERM_COLOR", "CARGO_HTTP_PROXY"];
    let named = ["RUSTFLAGS", "LD_LIBRARY_PATH", "RUSTC", "RUSTC_WRAPPER", "RUSTC_BOOTSTRAP", "RUSTDOC"];
    let registry = name.starts_with("CARGO_REGISTR") || name.starts_with("CARGO_SOURCE");
    named.contains(&name.as_ref())
        || name.starts_with("RUSTUP_")
        || (name.starts_with("CARGO") && !kept.contains(&name.as_ref()) && !registry)
}

/// Whether C is compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum C {
    /// Where the machine has a compiler for the target.
    IfPossible,
    /// Never: quick, and nothing can be linked.
    Never,
}

/// Builds for `target`: with our standard library, in a folder of its own, and without a warning in
/// our code (cargo silences those of dependencies).
pub fn aim(cargo: &mut Command, cache: &Cache, target: &Target, c: C) -> Result<(), String> {
    let flags = format!("--sysroot={}\u{1f}-Dwarnings", cache.at("sysroot").display());
    let folder = if c == C::Never { "target-without-c" } else { "target" };
    cargo.env("CARGO_ENCODED_RUSTFLAGS", flags).env("CARGO_TARGET_DIR", cache.at(folder));
    cargo.args(["--locked", "--target", target.triple]);
    if target.links && c == C::IfPossible {
        // Windows has no OpenSSL to find, so the one that is shipped is built, as for the installer.
        cargo.args(["--features", "citizen-core/vendored"]);
        return Ok(());
    }
    silence_c(cargo, cache, target)
}

/// Lets build scripts believe that they compile C. What they make is never linked.
fn silence_c(cargo: &mut Command, cache: &Cache, target: &Target) -> Result<(), String> {
    let compiler = cache.write("tools/silent-cc", SILENT_CC)?;
    make_executable(&compiler)?;
    let triple = target.triple.replace('-', "_");
    for tool in ["CC", "CXX"] {
        cargo.env(format!("{tool}_{triple}"), &compiler);
    }
    for tool in ["AR", "RANLIB"] {
        cargo.env(format!("{tool}_{triple}"), "/usr/bin/true");
    }
    // Build scripts for iOS ask where its SDK is; nothing of it is read.
    cargo.env("SDKROOT", cache.folder("tools/iPhoneOS.sdk")?).env("IPHONEOS_DEPLOYMENT_TARGET", "14.0");
    Ok(())
}

#[cfg(unix)]
fn make_executable(file: &Path) -> Result<(), String> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o755))
        .map_err(|error| format!("{} cannot be made a program: {error}.", file.display()))
}

#[cfg(not(unix))]
fn make_executable(_file: &Path) -> Result<(), String> {
    Err("Only Linux can check the other systems.".to_owned())
}

#[cfg(test)]
mod tests {
    use super::belongs_to_outer_build;

    #[test]
    fn the_outer_build_is_forgotten_and_the_persons_settings_are_not() {
        for name in ["CARGO", "CARGO_PKG_NAME", "RUSTUP_TOOLCHAIN", "LD_LIBRARY_PATH", "CARGO_TARGET_DIR"] {
            assert!(belongs_to_outer_build(&name.into()), "{name}");
        }
        for name in ["CARGO_HOME", "PATH", "HOME", "CARGO_NET_OFFLINE", "CARGO_REGISTRIES_MINE_INDEX"] {
            assert!(!belongs_to_outer_build(&name.into()), "{name}");
        }
    }
}
