//! The app as a program; all of it stands in the library, which phones load.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    thuy_nguyen_smart::start()
}
