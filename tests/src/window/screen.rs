//! A display for windows: the one that is there, or an Xvfb of our own.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use super::WindowError;

/// A display, ended with the value if it is our own.
pub struct Screen {
    name: String,
    own: Option<Child>,
}

impl Screen {
    /// The display of this session, or a new one in memory if there is none.
    ///
    /// # Errors
    /// [`WindowError::Missing`] if Xvfb is not installed or does not start.
    pub fn any() -> Result<Self, WindowError> {
        match std::env::var("DISPLAY") {
            Ok(name) if !name.is_empty() => Ok(Self { name, own: None }),
            _ => Self::in_memory(),
        }
    }

    /// A new display in memory, large enough for an official's window.
    ///
    /// # Errors
    /// [`WindowError::Missing`] if Xvfb is not installed or does not start.
    pub fn in_memory() -> Result<Self, WindowError> {
        let missing = |_| WindowError::Missing("Xvfb (Debian package xvfb)");
        // Xvfb picks a free number itself and tells it on its standard output.
        let mut child = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(missing)?;
        let mut line = String::new();
        if let Some(out) = child.stdout.as_mut() {
            BufReader::new(out).read_line(&mut line).map_err(missing)?;
        }
        let number = line.trim();
        if number.is_empty() {
            return Err(WindowError::Missing("a running Xvfb"));
        }
        Ok(Self { name: format!(":{number}"), own: Some(child) })
    }

    /// The display's name for the environment of a program.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        if let Some(child) = self.own.as_mut() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
