//! `cargo xtask cross`: what can be proven on one Linux machine about Android, iOS and Windows.
//!
//! The app is type-checked for the three systems, the tests of contract and core run as Windows
//! programs under Wine, Android's resources and manifest go through `aapt2`, Kotlin through ktlint.
//! Everything that this needs stands in a cache outside the clone. To check another system, add a
//! row to `target::ALL`. `docs/CROSS.md` says what is proven and what is not.

mod android;
mod budget;
mod cache;
mod check;
mod kotlin;
mod left_out;
mod lock;
mod packages;
mod programs;
mod sysroot;
mod target;
mod toolchain;
mod warmth;
mod windows;
mod wine;

use clap::Args;

use crate::run::{Steps, quiet};
use crate::{Done, screens, setup};
use cache::Cache;
use target::Target;

/// How much to do.
#[derive(Debug, Args)]
pub struct Options {
    /// Begins with an empty cache, as on a machine that has never done it.
    #[arg(long)]
    full: bool,
    /// Only Android's resources, its manifest and Kotlin: seconds.
    #[arg(long, conflicts_with = "full")]
    files: bool,
    /// Only the app for one system: android, ios or windows.
    #[arg(long, value_name = "SYSTEM", value_parser = target::named, conflicts_with_all = ["full", "files"])]
    only: Option<Target>,
}

/// Does everything and prints a summary.
pub fn run(options: &Options) -> Done {
    let mut steps = Steps::default();
    if options.files {
        steps.step("cross packages", || quiet(packages::install_for_files()));
        phone_files(&mut steps);
        return steps.finish();
    }
    let cache = Cache::find()?;
    if options.full {
        cache.empty()?;
    }
    steps.step("machine", || quiet(setup::machine()));
    steps.step("cross packages", || quiet(packages::install()));
    steps.step("screens", || quiet(screens::build()));
    if let Some(target) = options.only {
        check_each(&mut steps, &cache, check::ALL, &[target]);
        return steps.finish();
    }
    phone_files(&mut steps);
    rust(&mut steps, &cache);
    steps.finish()
}

/// The part of `ci`: all of it where the cache is warm, else what fits, and what was skipped is said.
pub fn add_steps(steps: &mut Steps) {
    steps.step("cross packages", || quiet(packages::install_for_files()));
    phone_files(steps);
    match Cache::find().and_then(|cache| warmth::of(&cache).map(|warmth| (cache, warmth))) {
        Ok((cache, warmth)) if warmth.is_warm() => {
            println!("\n{warmth}");
            steps.step("cross toolchain", || quiet(packages::install()));
            rust(steps, &cache);
        }
        Ok((cache, warmth)) => {
            let left_out = core_while_there_is_time(steps, &cache);
            // Last, where it is seen.
            println!("\n{warmth}");
            if !left_out.is_empty() {
                steps.step("core elsewhere", || {
                    Ok(format!("SKIPPED for {}: the run has taken its time", left_out.join(", ")))
                });
            }
            steps.step("app on other systems", || Ok(format!("SKIPPED: {}", warmth.short())));
        }
        Err(sentence) => {
            steps.step("cross cache", || Err(sentence));
        }
    }
}

/// Checks the core where nothing is ready yet, as long as the whole run stays short. Answers for which
/// systems it did not.
fn core_while_there_is_time(steps: &mut Steps, cache: &Cache) -> Vec<&'static str> {
    let mut left_out = Vec::new();
    let ready = !budget::is_spent(budget::FOR_LIBRARIES)
        && steps.step("cross toolchain", || quiet(packages::install_for_checks()))
        && steps.step("standard libraries", || sysroot::build(cache));
    for target in target::ALL {
        if ready && !budget::is_spent(budget::FOR_A_SYSTEM) {
            let name = format!("{} for {}", check::called(check::CORE), target.name);
            steps.step(&name, || check::run(cache, target, check::CORE));
        } else {
            left_out.push(target.name);
        }
    }
    left_out
}

fn phone_files(steps: &mut Steps) {
    steps.step("Android resources", android::check);
    steps.step("Kotlin", kotlin::check);
}

fn rust(steps: &mut Steps, cache: &Cache) {
    let whole = check_each(steps, cache, check::ALL, target::ALL);
    let runs = steps.step("tests under Wine", || windows::tests(cache));
    if whole && runs {
        steps.step("cache is warm", || quiet(warmth::keep(cache)));
    }
}

/// Whether all of them passed.
fn check_each(steps: &mut Steps, cache: &Cache, packages: &[&str], targets: &[Target]) -> bool {
    if !steps.step("standard libraries", || sysroot::build(cache)) {
        return false;
    }
    let mut all = true;
    for target in targets {
        let name = format!("{} for {}", check::called(packages), target.name);
        all &= steps.step(&name, || check::run(cache, target, packages));
    }
    all
}
