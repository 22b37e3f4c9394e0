//! The shell: one window over the core. It opens the key store, the core and the window, hands
//! commands in, events and photos out, and knows no rule.
//!
//! To add a command, add one thin function in `commands/` and name it in [`commands::handler`].

mod arguments;
mod deployment;
mod key_store;
mod start_error;
mod window;

use std::process::ExitCode;

use clap::Parser as _;

use arguments::{Arguments, WindowSize};
use start_error::StartError;

/// Starts the app as a program and returns when its window is closed.
#[must_use]
pub fn start() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            error.tell(arguments.no_dialog);
            error.exit_code()
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), StartError> {
    let size = arguments.window.unwrap_or(WindowSize::USUAL);
    let app = tauri::Builder::default()
        .setup(move |app| {
            window::open(app, "Thủy Nguyên Smart", size)?;
            Ok(())
        })
        .build(tauri::generate_context!())
        .map_err(|error| StartError::Window(error.to_string()))?;
    app.run(|_app, _event| {});
    Ok(())
}
