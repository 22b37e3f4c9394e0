//! A process under test: what it says, line by line, and how it ends.

use std::io::{self, BufRead as _, BufReader};
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// How a process ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// By SIGKILL; the last phase that it had named.
    Killed(String),
    /// By itself, with success.
    Done,
    /// In any other way; that is a fault of the test or of the product.
    Broken(String),
}

/// A started process. Dropping it kills it.
pub struct Child {
    process: std::process::Child,
    lines: Receiver<String>,
    /// The phases that it named so far.
    pub phases: Vec<String>,
}

impl Child {
    /// Starts `command` and listens to its output.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(mut command: Command) -> io::Result<Self> {
        let mut process = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let output = process.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
        let (said, lines) = channel();
        std::thread::spawn(move || {
            // What was written before a SIGKILL stays in the pipe and is read here.
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if said.send(line).is_err() {
                    break;
                }
            }
        });
        Ok(Self { process, lines, phases: Vec::new() })
    }

    /// The number by which the system knows it.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// The next line that is no phase; nothing once the process has ended.
    pub fn next_line(&mut self) -> Option<String> {
        loop {
            let line = self.lines.recv().ok()?;
            match line.strip_prefix("phase ") {
                Some(phase) => self.phases.push(phase.to_owned()),
                None => return Some(line),
            }
        }
    }

    /// Reads lines until the process ends or `most` has passed; then it is killed from outside.
    ///
    /// # Errors
    /// When the system does not tell how it ended.
    pub fn follow(
        mut self,
        most: Duration,
        mut heard: impl FnMut(&str),
    ) -> io::Result<(Ending, Vec<String>)> {
        let until = Instant::now() + most;
        loop {
            match self.lines.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(line) => match line.strip_prefix("phase ") {
                    Some(phase) => self.phases.push(phase.to_owned()),
                    None => heard(&line),
                },
                Err(RecvTimeoutError::Timeout) => self.process.kill()?,
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        let status = self.process.wait()?;
        let last = self.phases.last().cloned().unwrap_or_else(|| "before-any".to_owned());
        let ending = match (status.signal(), status.success()) {
            (Some(9), _) => Ending::Killed(last),
            (_, true) => Ending::Done,
            _ => Ending::Broken(format!("{status} after {last}")),
        };
        Ok((ending, std::mem::take(&mut self.phases)))
    }

    /// Whether it still runs.
    pub fn runs(&mut self) -> bool {
        matches!(self.process.try_wait(), Ok(None))
    }

    /// Kills it and waits for its end.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn kill(&mut self) -> io::Result<()> {
        self.process.kill()?;
        self.process.wait().map(|_| ())
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
