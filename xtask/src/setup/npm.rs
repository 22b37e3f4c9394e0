//! npm, whose version the screens' build depends on, and the packages it brings.

use std::path::Path;

use crate::stamp::Stamp;
use crate::{Done, run};

/// The oldest npm that installs the build's native parts correctly.
const OLDEST: u32 = 11;

/// Checks npm's version.
pub fn check() -> Done {
    let Some(version) = run::output(run::command(run::NPM).arg("--version")) else {
        return Err("npm is missing. Install Node 20 or newer, which brings it.".to_owned());
    };
    if is_new_enough(&version) {
        return Ok(());
    }
    Err(format!(
        "npm {version} is too old for the screens' build, which needs npm {OLDEST} or newer. Type this line, \
         then try again:\n\n    npm install --global npm@{OLDEST}\n"
    ))
}

/// Installs what the lock file of a folder names, if that is not what stands there.
pub fn packages(folder: &str) -> Done {
    let place = run::root().join(folder);
    let name = format!("packages-{}", folder.replace('/', "-"));
    let stamp = Stamp::of(&name, &[place.join("package-lock.json"), run::root().join(".npmrc")])?;
    if stamp.is_fresh() && place.join("node_modules").is_dir() {
        return Ok(());
    }
    run::finish(npm_in(&place).args(["ci", "--no-audit", "--no-fund"]))?;
    stamp.keep()
}

fn npm_in(place: &Path) -> std::process::Command {
    let mut command = run::command(run::NPM);
    command.current_dir(place);
    command
}

fn is_new_enough(version: &str) -> bool {
    let major = version.split('.').next().and_then(|major| major.parse::<u32>().ok());
    major.is_some_and(|major| major >= OLDEST)
}

#[cfg(test)]
mod tests {
    use super::is_new_enough;

    #[test]
    fn versions() {
        for (version, enough) in
            [("11.0.0", true), ("12.1.0", true), ("10.9.9", false), ("9", false), ("?", false)]
        {
            assert_eq!(is_new_enough(version), enough, "{version}");
        }
    }
}
