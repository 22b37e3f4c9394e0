//! Whether the cache holds what this tree needs, so that everything fits a run of `ci`.

use std::fmt::{self, Display};
use std::fs;

use super::cache::Cache;
use super::{lock, sysroot, toolchain};
use crate::{Done, run};

/// So many packages more cost about a minute for the three systems; beyond it a run of `ci` grows too long.
const FEW: usize = 25;
/// The lock file of the last run that passed.
const LOCK: &str = "warm/Cargo.lock";
const VERSION: &str = "warm/rustc";

/// How much is there.
#[derive(Debug, PartialEq, Eq)]
pub enum Warmth {
    /// Nothing, or of another compiler.
    Cold,
    /// All but so many packages.
    Lacking(usize),
}

impl Warmth {
    /// Whether everything may run.
    pub fn is_warm(&self) -> bool {
        matches!(self, Self::Lacking(packages) if *packages <= FEW)
    }

    /// Why not, in a few words for the summary.
    pub fn short(&self) -> String {
        let why = match self {
            Self::Cold => "nothing is built yet".to_owned(),
            Self::Lacking(packages) => format!("{packages} packages are new"),
        };
        format!("{why}; run `cargo xtask cross`")
    }
}

impl Display for Warmth {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lacking(packages) if self.is_warm() => {
                write!(to, "cross: the cache is warm ({packages} packages to build), so everything runs.")
            }
            _ => write!(
                to,
                "cross: Android, iOS and Windows are NOT checked in this run ({}). Once it has passed \
                 on a machine, `cargo xtask ci` does it there too; with `--full` it begins from nothing.",
                self.short()
            ),
        }
    }
}

/// How warm the cache is for this tree.
pub fn of(cache: &Cache) -> Result<Warmth, String> {
    let kept = |name| fs::read_to_string(cache.at(name)).ok();
    let (Some(before), Some(version), Ok(now)) = (kept(LOCK), kept(VERSION), toolchain::version()) else {
        return Ok(Warmth::Cold);
    };
    if version != now || !sysroot::is_complete(cache) {
        return Ok(Warmth::Cold);
    }
    Ok(compared(&before, &lock_file()?))
}

fn compared(before: &str, now: &str) -> Warmth {
    Warmth::Lacking(lock::packages(now).difference(&lock::packages(before)).count())
}

/// Remembers that everything is built for this tree.
pub fn keep(cache: &Cache) -> Done {
    cache.write(LOCK, &lock_file()?)?;
    cache.write(VERSION, &toolchain::version()?)?;
    Ok(())
}

fn lock_file() -> Result<String, String> {
    fs::read_to_string(run::root().join("Cargo.lock"))
        .map_err(|error| format!("Cargo.lock cannot be read: {error}."))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::{FEW, Warmth, compared};

    fn lock(packages: usize) -> String {
        (0..packages).fold(String::new(), |mut text, number| {
            write!(text, "name = \"p{number}\"\nversion = \"1.0.0\"\n").unwrap();
            text
        })
    }

    #[test]
    fn a_few_new_packages_are_still_warm() {
        assert_eq!(compared(&lock(90), &lock(90)), Warmth::Lacking(0));
        assert!(compared(&lock(90), &lock(90 + FEW)).is_warm());
        assert!(!compared(&lock(90), &lock(91 + FEW)).is_warm());
        assert!(compared(&lock(90), &lock(3)).is_warm(), "what went costs nothing");
    }

    #[test]
    fn what_is_skipped_is_said_plainly() {
        let words = Warmth::Cold.to_string();
        assert!(words.contains("NOT checked") && words.contains("cargo xtask cross"), "{words}");
    }
}
