//! The app as a program; all of it stands in the library, which phones load.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

#[cfg(desktop)]
fn main() -> std::process::ExitCode {
    thuy_nguyen_smart::start()
}

#[cfg(mobile)]
fn main() {}
