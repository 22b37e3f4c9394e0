//! A bare Debian in a folder: what a new machine has before anything of ours is on it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Done, run};

/// What of this machine's settings leads to its packages.
const APT: &[&str] = &["sources.list", "sources.list.d", "apt.conf.d", "trusted.gpg.d"];
/// Mounted while something runs inside, in this order.
const MOUNTS: &[(&str, &[&str])] = &[
    ("proc", &["-t", "proc", "proc"]),
    ("dev", &["--rbind", "/dev"]),
    // The screen of the machine outside.
    ("tmp/.X11-unix", &["--bind", "/tmp/.X11-unix"]),
];

/// The folder, with its mounts; dropping it takes them away.
#[derive(Debug)]
pub struct BareRoot {
    folder: PathBuf,
    mounted: Vec<PathBuf>,
}

impl BareRoot {
    /// A new one. The first is made by debootstrap, later ones are copies of it.
    ///
    /// # Errors
    /// A sentence if this is not root's process, or a program fails.
    pub fn make() -> Result<Self, String> {
        if run::output(Command::new("id").arg("-u")).is_none_or(|id| id != "0") {
            return Err("Only root can make a root folder: run it with sudo.".to_owned());
        }
        let home = run::target_dir().join("xtask/bare");
        let (pattern, folder) = (home.join("pattern"), home.join("root"));
        fs::create_dir_all(&home).map_err(|error| format!("{}: {error}.", home.display()))?;
        if !pattern.join("etc/debian_version").is_file() {
            let half = home.join("half");
            remove(&half)?;
            let name = codename()?;
            run::finish(run::command("debootstrap").args(["--variant=minbase", &name]).arg(&half))?;
            fs::rename(&half, &pattern).map_err(|error| format!("{}: {error}.", pattern.display()))?;
        }
        remove(&folder)?;
        run::finish(run::command("cp").arg("-a").arg(&pattern).arg(&folder))?;
        let mut root = Self { folder, mounted: Vec::new() };
        root.knows_packages()?;
        root.mount()?;
        Ok(root)
    }

    /// A path inside, as seen from outside.
    pub fn path(&self, inside: &str) -> PathBuf {
        self.folder.join(inside.trim_start_matches('/'))
    }

    /// A program that will run inside, as root.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = run::command("chroot");
        command.arg(&self.folder).args(words);
        command.env("DEBIAN_FRONTEND", "noninteractive").env("LC_ALL", "C.UTF-8");
        command
    }

    /// Every file, folder and link inside, but for what is mounted and what the package tools note.
    pub fn everything(&self) -> Result<BTreeSet<String>, String> {
        let mut find = run::command("find");
        find.arg(&self.folder).args(["-xdev", "-printf", "/%P\n"]);
        let list = run::output(&mut find).ok_or("The files of the root cannot be listed.")?;
        let noise =
            ["/var/lib/dpkg/", "/var/lib/apt/", "/var/cache/", "/var/log/", "/proc/", "/dev/", "/tmp/"];
        let kept = list.lines().filter(|path| !noise.iter().any(|it| path.starts_with(it)));
        Ok(kept.map(str::to_owned).collect())
    }

    fn knows_packages(&self) -> Done {
        for name in APT {
            let (from, to) = (Path::new("/etc/apt").join(name), self.path("etc/apt"));
            if from.exists() {
                run::finish(run::command("cp").arg("-rL").arg(from).arg(to))?;
            }
        }
        run::finish(run::command("cp").arg("-L").arg("/etc/resolv.conf").arg(self.path("etc/resolv.conf")))?;
        run::finish(&mut self.command(&["apt-get", "update", "-qq"]))
    }

    fn mount(&mut self) -> Done {
        for (inside, words) in MOUNTS {
            let place = self.path(inside);
            fs::create_dir_all(&place).map_err(|error| format!("{}: {error}.", place.display()))?;
            run::finish(run::command("mount").args(*words).arg(&place))?;
            if *inside == "dev" {
                // Else taking the mount away would take the machine's own away with it.
                run::finish(run::command("mount").arg("--make-rslave").arg(&place))?;
            }
            self.mounted.push(place);
        }
        Ok(())
    }
}

impl Drop for BareRoot {
    fn drop(&mut self) {
        for place in self.mounted.iter().rev() {
            if let Err(sentence) = run::finish(run::command("umount").args(["-R", "-l"]).arg(place)) {
                eprintln!("{sentence}");
            }
        }
    }
}

fn codename() -> Result<String, String> {
    let text = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let name = text.lines().find_map(|line| line.strip_prefix("VERSION_CODENAME="));
    name.map(str::to_owned).ok_or_else(|| "This system does not say which Debian it is.".to_owned())
}

/// Removes a folder, but never through a mount that somebody left in it.
fn remove(folder: &Path) -> Done {
    if !folder.exists() {
        return Ok(());
    }
    run::finish(run::command("rm").args(["-rf", "--one-file-system"]).arg(folder))
}
