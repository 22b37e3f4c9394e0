//! The shell: one window over the core. It opens the key store, the core and the window, hands
//! commands in, events and photos out, and knows no rule.
//!
//! To add a command, add one thin function in `commands/` and name it in its `handler`.
#![cfg_attr(target_os = "ios", expect(missing_docs, reason = "made by Tauri's macro of the entry point"))]

mod arguments;
#[cfg(mobile)]
mod background;
mod browser;
mod commands;
mod deployment;
mod device;
mod events;
mod instance;
mod key_store;
#[cfg(any(target_os = "android", target_os = "ios", target_os = "macos"))]
mod links;
mod logs;
#[cfg(mobile)]
mod notices;
mod photos;
mod start_error;
#[cfg(test)]
mod tests;
mod text_size;
mod updates;
mod window;
mod work;

#[cfg(desktop)]
use std::process::ExitCode;
use std::sync::Arc;

use arguments::{Arguments, WindowSize};
use citizen_core::app::App;
use start_error::StartError;
use tauri::{AppHandle, Manager as _, RunEvent, WindowEvent};
use work::Work;

/// Starts the app as a program and returns when its window is closed.
#[cfg(desktop)]
#[must_use]
pub fn start() -> ExitCode {
    let arguments = <Arguments as clap::Parser>::parse();
    logs::start();
    match open_and_run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            error.tell(arguments.no_dialog);
            error.exit_code()
        }
    }
}

/// The core is opened before the window: whoever has the folder already has its window too.
#[cfg(desktop)]
fn open_and_run(arguments: &Arguments) -> Result<(), StartError> {
    let context = tauri::generate_context!();
    let data_dir = match &arguments.data_dir {
        Some(folder) => folder.clone(),
        None => instance::usual_folder(&context.config().identifier)?,
    };
    let core = instance::open(arguments, &data_dir)?;
    let size = arguments.window.unwrap_or(WindowSize::USUAL);
    run(context, move |_app| Ok(core), size)
}

/// Starts the app on a phone, which names the folder only once the app runs.
#[cfg(mobile)]
#[tauri::mobile_entry_point]
pub fn start() {
    logs::start();
    let open = |app: &tauri::App| {
        let data_dir = app.path().app_data_dir().map_err(|_| StartError::NoDataFolder)?;
        instance::open(&Arguments::default(), &data_dir)
    };
    if let Err(error) = run(tauri::generate_context!(), open, WindowSize::USUAL) {
        error.tell(true);
    }
}

fn run(
    context: tauri::Context,
    open: impl FnOnce(&tauri::App) -> Result<Arc<App>, StartError> + Send + 'static,
    size: WindowSize,
) -> Result<(), StartError> {
    let app = device::plugins(updates::add(tauri::Builder::default(), context.config()))
        .invoke_handler(commands::handler())
        .register_asynchronous_uri_scheme_protocol(photos::SCHEME, photos::serve)
        .setup(move |app| {
            let core = open(app)?;
            app.manage(core.clone());
            #[cfg(any(target_os = "android", target_os = "ios", target_os = "macos"))]
            links::take_up(app.handle(), &core);
            app.manage(Work::begin(app.handle(), &core));
            #[cfg(mobile)]
            background::opened(&core);
            window::open(app, &core, size)?;
            Ok(())
        })
        .build(context)
        .map_err(|error| StartError::Window(error.to_string()))?;
    until_closed(app, |app, event| match event {
        RunEvent::Resumed | RunEvent::WindowEvent { event: WindowEvent::Focused(true), .. } => {
            work::came_back(app)
        }
        #[cfg(mobile)]
        RunEvent::WindowEvent { event: WindowEvent::Resumed, .. } => {
            notices::in_front(app, true);
            work::came_back(app);
        }
        #[cfg(mobile)]
        RunEvent::WindowEvent { event: WindowEvent::Suspended, .. } => {
            work::left(app);
            notices::in_front(app, false);
            background::left(app);
        }
        #[cfg(any(target_os = "android", target_os = "ios", target_os = "macos"))]
        RunEvent::Opened { urls } => links::opened(app, &urls),
        #[cfg(desktop)]
        RunEvent::WindowEvent { event: WindowEvent::Focused(false) | WindowEvent::Resized(_), .. } => {
            work::left_if_put_away(app)
        }
        RunEvent::Exit => {
            if let Some(work) = app.try_state::<Work>() {
                work.end();
            }
        }
        _ => {}
    });
    Ok(())
}

#[cfg(desktop)]
fn until_closed(app: tauri::App, on_event: impl FnMut(&AppHandle, RunEvent) + 'static) {
    // Returns, so that the core is dropped and its lock released in order.
    let _code = app.run_return(on_event);
}

#[cfg(mobile)]
fn until_closed(app: tauri::App, on_event: impl FnMut(&AppHandle, RunEvent) + 'static) {
    app.run(on_event);
}
