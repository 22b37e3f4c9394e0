//! The app, the core and the contract, type-checked for another system.

use super::cache::Cache;
use super::target::Target;
use super::toolchain::{self, C};
use crate::run;

/// All that a device gets.
pub const ALL: &[&str] = &["citizen-contract", "citizen-core", "thuy-nguyen-smart"];
/// The part of it that is quick to check from nothing.
pub const CORE: &[&str] = &["citizen-contract", "citizen-core"];

/// What people call these packages.
pub fn called(packages: &[&str]) -> &'static str {
    if packages == CORE { "core" } else { "app" }
}

/// Checks them for `target`.
pub fn run(cache: &Cache, target: &Target, packages: &[&str]) -> Result<String, String> {
    let mut cargo = toolchain::cargo();
    cargo.args(["check"]);
    for package in packages {
        cargo.args(["-p", package]);
    }
    let c = if packages == CORE { C::Never } else { C::IfPossible };
    toolchain::aim(&mut cargo, cache, target, c)?;
    run::finish(&mut cargo)
        .map(|()| target.triple.to_owned())
        .map_err(|_| format!("the {} does not compile for {}, see above", called(packages), target.name))
}
