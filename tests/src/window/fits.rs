//! Whether what a window shows fits into it and can be pressed, as a finger finds it.

use super::{AppWindow, WindowError};

impl AppWindow {
    /// What stands beyond the right edge, what is covered when it is pressed in its middle (after being
    /// scrolled to, if need be), and what is too small for a finger: 24 pixels each way for anything
    /// (WCAG 2.2), 44 for what leads on. Empty if all is well.
    ///
    /// # Errors
    /// [`WindowError::Step`] if the window does not answer.
    pub async fn misfits(&self) -> Result<Vec<String>, WindowError> {
        let found = self.script(include_str!("misfits.js")).await?;
        Ok(serde_json::from_value(found).map_err(std::io::Error::from)?)
    }
}
