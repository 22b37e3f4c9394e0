//! `cargo xtask ios`: Apple's project, made anew from what the tree holds. Only a Mac can do it.

use std::path::{Path, PathBuf};
use std::{env, fs};

use crate::{Done, run, setup};

/// What stands in the entitlements for the host of links.
const HOST: &str = "LINK_HOST";
/// Without a deployment the app answers to a name that nobody can register.
const NO_HOST: &str = "thuy-nguyen.invalid";
/// iOS draws icons on this, the river's colour.
const ICON_GROUND: &str = "#0A5263";
/// What becomes a resource of the app.
const RESOURCES: &[&str] =
    &["PrivacyInfo.xcprivacy", "vi.lproj/InfoPlist.strings", "en.lproj/InfoPlist.strings"];

/// Makes the project and puts our files into it.
pub fn run() -> Done {
    if !cfg!(target_os = "macos") {
        return Err("Apple's project can only be made on a Mac; docs/IOS.md says how.".to_owned());
    }
    let root = run::root();
    setup::npm_packages(".")?;
    run::finish(&mut tauri(&["ios", "init", "--ci"]))?;
    let project = root.join("gen/apple");
    let app = app_folder(&project)?;
    entitle(&root, &app)?;
    for resource in RESOURCES {
        copy(&root.join("ios").join(resource), &app.join(resource))?;
    }
    icons(&root, &project)?;
    // The project file lists what lies in the folder, so it is written again now.
    run::finish(run::command("xcodegen").args(["generate", "--spec", "project.yml"]).current_dir(&project))
}

fn tauri(arguments: &[&str]) -> std::process::Command {
    let mut tauri = run::command("node");
    tauri.arg(run::TAURI).args(arguments);
    tauri
}

/// The folder of the app in the project, which carries the name of the program.
fn app_folder(project: &Path) -> Result<PathBuf, String> {
    let entries = fs::read_dir(project).map_err(|error| unreadable(project, &error))?;
    let ours = |path: &PathBuf| path.to_string_lossy().ends_with("_iOS") && path.is_dir();
    entries
        .flatten()
        .map(|entry| entry.path())
        .find(ours)
        .ok_or_else(|| format!("{} has no folder of the app.", project.display()))
}

fn entitle(root: &Path, app: &Path) -> Done {
    let source = root.join("ios/app.entitlements");
    let text = fs::read_to_string(&source).map_err(|error| unreadable(&source, &error))?;
    let name = app.file_name().unwrap_or_default().to_string_lossy();
    let target = app.join(format!("{name}.entitlements"));
    let text = text.replace(HOST, &link_host(env::var_os("CITIZEN_DEPLOYMENT_FILE").map(PathBuf::from))?);
    fs::write(&target, text).map_err(|error| unreadable(&target, &error))
}

/// The host of the deployment whose file is named.
fn link_host(file: Option<PathBuf>) -> Result<String, String> {
    let Some(file) = file else { return Ok(NO_HOST.to_owned()) };
    let text = fs::read_to_string(&file).map_err(|error| unreadable(&file, &error))?;
    host_in(&text).ok_or_else(|| format!("{} names no base_url on https.", file.display()))
}

/// The host of `base_url`; of a trial on plain http there is none.
fn host_in(deployment: &str) -> Option<String> {
    let value = deployment.split_once("\"base_url\"")?.1.split_once(':')?.1.trim_start().strip_prefix('"')?;
    let url = value.split('"').next()?;
    let Some(rest) = url.strip_prefix("https://") else {
        return url.starts_with("http://").then(|| NO_HOST.to_owned());
    };
    let host = rest.split(['/', ':', '?', '#']).next().filter(|host| !host.is_empty())?;
    Some(host.to_owned())
}

fn icons(root: &Path, project: &Path) -> Done {
    let drawn = run::target_dir().join("ios-icons");
    let folder = drawn.to_string_lossy();
    let picture = root.join("icons/icon.png");
    let picture = picture.to_string_lossy();
    run::finish(&mut tauri(&["icon", &picture, "--output", &folder, "--ios-color", ICON_GROUND]))?;
    let (from, to) = (drawn.join("ios"), project.join("Assets.xcassets/AppIcon.appiconset"));
    for entry in fs::read_dir(&from).map_err(|error| unreadable(&from, &error))?.flatten() {
        copy(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Done {
    let made = to.parent().map_or(Ok(()), fs::create_dir_all);
    made.and_then(|()| fs::copy(from, to).map(drop)).map_err(|error| unreadable(from, &error))
}

fn unreadable(path: &Path, error: &std::io::Error) -> String {
    format!("{} cannot be used: {error}.", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_the_host_of_the_deployment() {
        let host = |url: &str| host_in(&format!("{{\n \"demo\": false,\n \"base_url\" : \"{url}\"}}"));
        assert_eq!(host("https://may-chu.mau.vn").as_deref(), Some("may-chu.mau.vn"));
        assert_eq!(host("https://may-chu.mau.vn:8443/a").as_deref(), Some("may-chu.mau.vn"));
        assert_eq!(host("http://127.0.0.1:8080").as_deref(), Some(NO_HOST));
        assert_eq!(host("https://"), None);
        assert_eq!(host_in("{}"), None);
    }

    #[test]
    fn everything_that_is_put_into_the_project_is_in_the_tree() {
        let ours = run::root().join("ios");
        for file in RESOURCES.iter().chain(&["Info.plist", "app.entitlements"]) {
            assert!(ours.join(file).is_file(), "{file}");
        }
        let entitlements = fs::read_to_string(ours.join("app.entitlements")).unwrap();
        assert_eq!(entitlements.matches(HOST).count(), 1);
    }
}
