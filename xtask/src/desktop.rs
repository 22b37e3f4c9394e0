//! A desktop for programs that need one: a session bus, an open key ring, a display.
//!
//! Everything is made anew and thrown away, so that neither the person's own
//! key ring nor their screen is touched.

use std::fs;
use std::process::Command;

use crate::run;

/// Runs inside the session bus: opens a key ring with a throw-away password,
/// then becomes the program. A truly empty password does not work.
const IN_SESSION: &str =
    "printf '\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec \"$@\"";

/// The command inside a session of its own. With `display`, inside a virtual
/// screen as well; without it the person's own display is kept.
pub fn inside(command: &Command, display: bool) -> Result<Command, String> {
    if cfg!(not(target_os = "linux")) {
        return Err("Only Linux has such a desktop.".to_owned());
    }
    let home = run::target_dir().join("xtask/desktop");
    fs::create_dir_all(&home).map_err(|error| format!("{} cannot be made: {error}.", home.display()))?;
    let mut outer = run::command("dbus-run-session");
    outer.args(["--", "sh", "-c", IN_SESSION, "sh"]);
    if display {
        outer.args(["xvfb-run", "--auto-servernum", "--server-args=-screen 0 1600x1000x24"]);
    }
    outer.arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => outer.env(name, value),
            None => outer.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        outer.current_dir(folder);
    }
    outer.env("XDG_DATA_HOME", &home);
    Ok(outer)
}

/// Whether somebody sits before a display.
pub fn has_display() -> bool {
    let named = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(not(target_os = "linux")) || named("DISPLAY") || named("WAYLAND_DISPLAY")
}
