//! A process that ends with its owner.

use std::process::{Child, Command};
use std::thread;
use std::time::Duration;

use crate::Done;

/// How often a process that was asked to end is looked at.
const LOOK: Duration = Duration::from_millis(50);
/// How often it is looked at before it is ended by force: five seconds.
const LOOKS: u32 = 100;

/// A started process; dropping it ends it.
#[derive(Debug)]
pub struct Process {
    child: Child,
    name: &'static str,
}

impl Process {
    /// Starts a program.
    pub fn start(name: &'static str, command: &mut Command) -> Result<Self, String> {
        let child = command.spawn().map_err(|error| format!("The {name} could not start: {error}."))?;
        Ok(Self { child, name })
    }

    /// Whether it has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// Waits until it ends by itself; a sentence if it did not end well.
    pub fn wait(&mut self) -> Done {
        match self.child.wait() {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(format!("The {} ended badly ({status}).", self.name)),
            Err(error) => Err(format!("The {} got lost: {error}.", self.name)),
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if self.has_ended() {
            return;
        }
        // Asked politely first: a backend finishes what it has acknowledged.
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        if asked.is_ok_and(|status| status.success()) {
            for _ in 0..LOOKS {
                if self.has_ended() {
                    return;
                }
                thread::sleep(LOOK);
            }
        }
        if self.child.kill().and_then(|()| self.child.wait()).is_err() {
            eprintln!("The {} (process {}) could not be ended.", self.name, self.child.id());
        }
    }
}
