//! System packages of Debian and its descendants.

use std::process::Command;

use crate::{Done, run};

/// What the build needs, with what draws and asks in its tests left out.
pub const OF_BUILDS: &[&str] = &["libwebkit2gtk-4.1-dev", "libssl-dev", "pkg-config"];

/// What the build, the window tests, the server tests and the pictures need.
pub const OF_TESTS: &[&str] = &[
    "libwebkit2gtk-4.1-dev",
    "libssl-dev",
    "pkg-config",
    "xvfb",
    "xauth",
    "webkit2gtk-driver",
    "imagemagick",
    "gnome-keyring",
    "dbus",
    "fonts-dejavu-core",
    "postgresql",
    "chromium",
];

/// Installs the packages that are missing, or says which line to type.
pub fn install(packages: &[&str]) -> Done {
    if run::output(Command::new("dpkg-query").arg("--version")).is_none() {
        println!("This is no Debian system. Needed, by Debian's names: {}.", packages.join(" "));
        return Ok(());
    }
    let missing: Vec<&str> = packages.iter().copied().filter(|package| !is_installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let Some(prefix) = privilege() else {
        return Err(format!(
            "System packages are missing. Type this line, then try again:\n\n    {}\n",
            line(&missing)
        ));
    };
    println!("Installing {} system packages: {}", missing.len(), missing.join(" "));
    run::finish(apt(prefix, &["update"]).env("DEBIAN_FRONTEND", "noninteractive"))?;
    let words = [&["install", "-y", "--no-install-recommends"], missing.as_slice()].concat();
    run::finish(apt(prefix, &words).env("DEBIAN_FRONTEND", "noninteractive"))
        .map_err(|sentence| format!("{sentence} Type it by hand to see why:\n\n    {}\n", line(&missing)))
}

fn line(missing: &[&str]) -> String {
    format!("sudo apt-get update && sudo apt-get install -y --no-install-recommends {}", missing.join(" "))
}

fn is_installed(package: &str) -> bool {
    let status = run::output(Command::new("dpkg-query").args(["-W", "-f=${Status}", package]));
    status.is_some_and(|status| status == "install ok installed")
}

/// How to become root without asking: not at all, through sudo, or `None`.
fn privilege() -> Option<&'static [&'static str]> {
    let is_root = run::output(Command::new("id").arg("-u")).is_some_and(|id| id == "0");
    if is_root {
        return Some(&[]);
    }
    let sudo = run::output(Command::new("sudo").args(["-n", "true"])).is_some();
    sudo.then_some(&["sudo", "-n", "--preserve-env=DEBIAN_FRONTEND"])
}

fn apt(prefix: &[&str], words: &[&str]) -> Command {
    let all = [prefix, &["apt-get"], words].concat();
    let (program, rest) = all.split_first().map_or(("apt-get", &[][..]), |(program, rest)| (*program, rest));
    let mut command = run::command(program);
    command.args(rest);
    command
}
