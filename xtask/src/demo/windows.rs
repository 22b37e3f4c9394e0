//! The two windows: a citizen's on a phone's size, an official's on a desktop's.

use std::fs::File;
use std::process::Stdio;

use super::backend::Backend;
use super::clock::Clock;
use super::process::Process;
use crate::{Done, run};

/// Folder, name and size of each window.
const WINDOWS: [(&str, &str, &str); 2] =
    [("citizen", "citizen's window", "390x844"), ("official", "official's window", "1366x768")];

/// The open windows.
#[derive(Debug)]
pub struct Windows(Vec<Process>);

impl Windows {
    /// Waits until a person has closed them all.
    pub fn wait(mut self) -> Done {
        let ends: Vec<Done> = self.0.iter_mut().map(Process::wait).collect();
        ends.into_iter()
            .collect::<Done>()
            .map_err(|sentence| format!("{sentence} The logs are in {}.", super::folder().display()))
    }
}

/// Opens both windows, each on a data folder of its own: two people side by side.
pub fn open(backend: &Backend, clock: &Clock) -> Result<Windows, String> {
    let program = run::target_dir().join("debug/thuy-nguyen-smart");
    let mut windows = Vec::new();
    for (folder, name, size) in WINDOWS {
        let mut command = run::command(&program.to_string_lossy());
        command
            .arg("--data-dir")
            .arg(super::folder().join(folder))
            .arg("--deployment")
            .arg(&backend.deployment);
        command.args(["--clock-start", &clock.millis().to_string(), "--window", size]);
        println!("$ {}", run::shown(&command));
        let log_file = super::folder().join(format!("{folder}.log"));
        let log = File::create(&log_file)
            .map_err(|error| format!("{} cannot be made: {error}.", log_file.display()))?;
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        windows.push(Process::start(name, &mut command)?);
    }
    Ok(Windows(windows))
}
