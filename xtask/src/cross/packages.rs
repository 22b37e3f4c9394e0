//! What Debian has for the other systems.

use crate::Done;
use crate::setup::debian_packages;

/// For Android's resources and Kotlin: small, so that every run can have them.
const FILES: &[&str] = &["aapt", "android-framework-res", "default-jre-headless"];

/// The compiler whose standard library comes with its source.
const CHECKS: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "gcc"];

/// For programs that run: Windows' linker, what OpenSSL's build is written in, and Wine.
const WINDOWS: &[&str] = &["gcc-mingw-w64-x86-64", "g++-mingw-w64-x86-64", "perl", "make", "wine", "wine64"];

/// Installs what Android's resources and Kotlin need.
pub fn install_for_files() -> Done {
    debian_packages(FILES)
}

/// Installs what the core's checks need.
pub fn install_for_checks() -> Done {
    debian_packages(&[FILES, CHECKS].concat())
}

/// Installs everything.
pub fn install() -> Done {
    debian_packages(&[FILES, CHECKS, WINDOWS].concat())
}
