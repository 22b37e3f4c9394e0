//! The two windows: a citizen's on a phone's size, an official's on a desktop's.

use super::backend::Backend;
use super::clock::Clock;
use super::process::Process;
use crate::run;

/// Folder and size of each window.
const WINDOWS: [(&str, &str); 2] = [("citizen", "390x844"), ("official", "1366x768")];

/// The open windows.
#[derive(Debug)]
pub struct Windows(Vec<Process>);

impl Windows {
    /// Waits until a person has closed them all.
    pub fn wait(mut self) {
        for window in &mut self.0 {
            window.wait();
        }
    }
}

/// Opens both windows, each on a data folder of its own: two people side by side.
pub fn open(backend: &Backend, clock: &Clock) -> Result<Windows, String> {
    let program = run::target_dir().join("debug/thuy-nguyen-smart");
    let mut windows = Vec::new();
    for (name, size) in WINDOWS {
        let mut command = run::command(&program.to_string_lossy());
        command
            .arg("--data-dir")
            .arg(super::folder().join(name))
            .arg("--deployment")
            .arg(&backend.deployment);
        command.args(["--clock-start", &clock.millis().to_string(), "--window", size]);
        println!("$ {}", run::shown(&command));
        windows.push(Process::start(name, &mut command)?);
    }
    Ok(Windows(windows))
}
