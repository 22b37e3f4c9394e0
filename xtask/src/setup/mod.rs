//! `cargo xtask setup`: what a machine needs beyond Rust and Node, and the built screens.

mod npm;
mod packages;

use crate::{Done, screens};

pub use npm::packages as npm_packages;
pub use packages::install as debian_packages;

/// Where the photographs of real cameras come from that tests read.
const PHOTOS: &str = "tests/photos";
/// Where the provider of the national identification's tests stands.
const PROVIDER: &str = "tests/oidc";

/// Installs what is missing and builds the screens.
pub fn run() -> Done {
    machine()?;
    screens::build()
}

/// Installs what a build of the app needs and no test: it runs on systems that are no Debian, too.
pub fn to_build() -> Done {
    packages::install(packages::OF_BUILDS)?;
    npm::check()?;
    npm_packages(".")?;
    npm_packages("ui")
}

/// Installs what is missing.
pub fn machine() -> Done {
    packages::install(packages::OF_TESTS)?;
    npm::check()?;
    npm_packages(PHOTOS)?;
    npm_packages(PROVIDER)
}
