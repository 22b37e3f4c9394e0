//! The Debian package in a bare root: it installs with what it says it needs, shows its window to somebody
//! who is not root, and leaves nothing of its own when it is removed.

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use super::bundle::Bundle;
use super::root::BareRoot;
use crate::demo::process::Process;
use crate::{Done, run, setup};

/// What the trial needs beside what the tests need.
const PACKAGES: &[&str] = &["debootstrap", "x11-utils"];
/// A screen that nobody else uses.
const DISPLAY: &str = ":97";
/// Somebody who is not root.
const PERSON: &str = "nguoimau";
/// How often the window is looked for, and how long between: a minute in all.
const LOOKS: u32 = 240;
const BETWEEN: Duration = Duration::from_millis(250);

/// Installs, starts, removes.
///
/// # Errors
/// A sentence that says what went wrong.
pub fn run(bundle: &Bundle) -> Result<String, String> {
    let package = bundle.package("deb").ok_or("There is no Debian package among them.")?;
    setup::debian_packages(PACKAGES)?;
    let screen = screen()?;
    let root = BareRoot::make()?;
    fs::copy(package, root.path("tmp/app.deb"))
        .map_err(|error| format!("{}: {error}.", package.display()))?;
    let (name, version) = (field(&root, "Package")?, field(&root, "Version")?);

    // Its needs first and alone, so that what comes after is the package's own.
    let needs = field(&root, "Depends")?;
    run::finish(&mut root.command(&["apt-get", "satisfy", "-y", "-qq", "--no-install-recommends", &needs]))?;
    let before = root.everything()?;
    run::finish(&mut root.command(&["dpkg", "-i", "/tmp/app.deb"]))?;
    let own: Vec<String> = root.everything()?.difference(&before).cloned().collect();
    println!("  installed:\n    {}", own.join("\n    "));

    let program = own.iter().find(|path| path.starts_with("/usr/bin/")).ok_or("It brings no program.")?;
    let said = run::output(&mut root.command(&[program, "--version"])).unwrap_or_default();
    if !said.contains(&version) {
        return Err(format!("The program says “{said}” and the package {version}."));
    }
    let title = shows_window(&root, program)?;

    run::finish(&mut root.command(&["apt-get", "purge", "-y", "-qq", &name]))?;
    drop(screen);
    nothing_stays(&before, &root.everything()?)?;
    Ok(format!("{name} {version} was installed, showed “{title}” and was removed"))
}

fn field(root: &BareRoot, name: &str) -> Result<String, String> {
    let said = run::output(&mut root.command(&["dpkg-deb", "-f", "/tmp/app.deb", name]));
    said.filter(|text| !text.is_empty()).ok_or_else(|| format!("The package does not say its {name}."))
}

fn screen() -> Result<Process, String> {
    let mut server = run::command("Xvfb");
    server.args([DISPLAY, "-screen", "0", "800x1000x24", "-nolisten", "tcp"]);
    Process::start("screen", server.stdout(Stdio::null()).stderr(Stdio::null()))
}

/// Starts the program as a person without rights and waits for its window. Answers the title.
fn shows_window(root: &BareRoot, program: &str) -> Result<String, String> {
    run::finish(&mut root.command(&["useradd", "--create-home", PERSON]))?;
    let mut app = root.command(&["runuser", "-u", PERSON, "--", "env", "GDK_BACKEND=x11", program]);
    app.args(["--no-dialog", "--key-store", "session"]).env("DISPLAY", DISPLAY);
    let mut app = Process::start("app", &mut app)?;
    let title = (0..LOOKS).find_map(|_| {
        thread::sleep(BETWEEN);
        if app.has_ended() { Some(None) } else { window_title().map(Some) }
    });
    match title {
        Some(Some(title)) => {
            // A first picture takes a moment more than a window.
            thread::sleep(BETWEEN * 20);
            picture()?;
            if app.has_ended() { Err("The app ended under its window.".to_owned()) } else { Ok(title) }
        }
        Some(None) => Err("The app ended before it showed a window.".to_owned()),
        None => Err("No window came within a minute.".to_owned()),
    }
}

/// The title of the largest thing on the screen that has one.
fn window_title() -> Option<String> {
    let tree = run::output(Command::new("xwininfo").args(["-display", DISPLAY, "-root", "-tree"]))?;
    tree.lines().find_map(title_in)
}

/// The title in a line such as `0x200003 "Name": ("name" "Name")  390x844+0+0  +0+0`; tiny helper
/// windows of the toolkit have titles too.
fn title_in(line: &str) -> Option<String> {
    let (title, rest) = line.split_once('"')?.1.split_once("\": ")?;
    let size = rest.split_whitespace().find_map(|word| word.split_once('x'))?;
    let height = size.1.split('+').next()?.parse::<u32>().ok()?;
    (size.0.parse::<u32>().ok()? > 300 && height > 300).then(|| title.to_owned())
}

fn picture() -> Done {
    let file = run::target_dir().join("xtask/bare/window.png");
    let mut import = run::command("import");
    run::finish(import.args(["-display", DISPLAY, "-window", "root"]).arg(&file))?;
    println!("  picture: {}", file.display());
    Ok(())
}

/// The person's own folder stays theirs; everything else is as before.
fn nothing_stays(before: &BTreeSet<String>, after: &BTreeSet<String>) -> Done {
    let of_person = |path: &&String| {
        path.starts_with(&format!("/home/{PERSON}"))
            || ["/etc/passwd", "/etc/group", "/etc/shadow", "/etc/gshadow", "/etc/sub"]
                .iter()
                .any(|it| path.starts_with(it))
            || path.ends_with(&format!("/{PERSON}"))
    };
    let left: Vec<&String> = after.difference(before).filter(|path| !of_person(path)).collect();
    let lost: Vec<&String> = before.difference(after).collect();
    if left.is_empty() && lost.is_empty() {
        return Ok(());
    }
    Err(format!("After the removal these stay: {left:?}, and these are gone: {lost:?}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_apps_window_is_told_from_the_toolkits_small_ones() {
        let own = r#"     0x200003 "Thủy Nguyên Smart": ("thuy-nguyen-smart" "Thuy-nguyen-smart")  390x844+0+0  +0+0"#;
        assert_eq!(title_in(own), Some("Thủy Nguyên Smart".to_owned()));
        let small = r#"     0x200001 "thuy-nguyen-smart": ("thuy-nguyen-smart" "Thuy-nguyen-smart")  10x10+10+10  +10+10"#;
        assert_eq!(title_in(small), None);
        assert_eq!(title_in("     0x40000c (has no name): ()  800x1000+0+0  +0+0"), None);
    }

    #[test]
    fn what_stays_after_a_removal_is_named() {
        let set = |paths: &[&str]| paths.iter().map(|&path| path.to_owned()).collect::<BTreeSet<_>>();
        let before = set(&["/usr/bin/env"]);
        assert!(nothing_stays(&before, &set(&["/usr/bin/env", "/home/nguoimau/.cache"])).is_ok());
        let said = nothing_stays(&before, &set(&["/usr/bin/env", "/etc/app.conf"])).unwrap_err();
        assert!(said.contains("/etc/app.conf"), "{said}");
        assert!(nothing_stays(&before, &set(&[])).is_err());
    }
}
