//! Building packages with Tauri's command-line program.

use std::fs;
use std::path::{Path, PathBuf};

use super::overlay;
use crate::run;

/// How the app is built for people: see `[profile.app]` of the workspace.
pub const PROFILE: &str = "app";

/// A backend on this very machine; a package that carries it is of no use anywhere else.
const TRIAL: &str = "xtask/trial-deployment.json";

/// What was built.
#[derive(Debug)]
pub struct Bundle {
    /// The program itself.
    pub program: PathBuf,
    /// The packages it is in.
    pub packages: Vec<PathBuf>,
}

impl Bundle {
    /// The package with that ending.
    pub fn package(&self, ending: &str) -> Option<&Path> {
        self.packages
            .iter()
            .map(PathBuf::as_path)
            .find(|path| path.extension().is_some_and(|it| it == ending))
    }

    /// Their names, for a summary.
    pub fn words(&self) -> String {
        let names = self.packages.iter().filter_map(|path| path.file_name());
        names.map(|name| name.to_string_lossy()).collect::<Vec<_>>().join(", ")
    }
}

/// Builds the packages of those kinds for a locality.
///
/// # Errors
/// A sentence if a file is missing, or if the build failed or left no package.
pub fn build(locality: &str, deployment: Option<&Path>, kinds: &[String]) -> Result<Bundle, String> {
    let root = run::root();
    let config = root.join("profiles").join(locality).join("app.conf.json");
    if !config.is_file() {
        return Err(format!("{} is missing: it names the app of this locality.", config.display()));
    }
    let carried = match deployment {
        Some(file) => fs::canonicalize(file)
            .map_err(|error| format!("The deployment file {} cannot be read: {error}.", file.display()))?,
        None => root.join(TRIAL),
    };
    let made = run::target_dir().join(PROFILE).join("bundle");
    // What an earlier build left would pass for this one's.
    if made.exists() {
        fs::remove_dir_all(&made)
            .map_err(|error| format!("{} cannot be emptied: {error}.", made.display()))?;
    }
    let mut tauri = run::command("node");
    tauri.args([run::TAURI, "build", "--ci", "--bundles", &kinds.join(","), "--config"]).arg(&config);
    if let Some(additions) = overlay::file()? {
        tauri.arg("--config").arg(additions);
    }
    tauri.args(["--", "--locked", "--profile", PROFILE]).env("CITIZEN_DEPLOYMENT_FILE", &carried);
    run::finish(&mut tauri)?;
    let packages = files_in(&made).map_err(|error| format!("{}: {error}.", made.display()))?;
    if packages.is_empty() {
        return Err(format!("No package stands in {}.", made.display()));
    }
    let name = format!("{}{}", name_in(&config)?, std::env::consts::EXE_SUFFIX);
    let program = run::target_dir().join(PROFILE).join(name);
    Ok(Bundle { program, packages })
}

/// The program's file name: a locality may give its own.
fn name_in(config: &Path) -> Result<String, String> {
    let wrong = |error: String| format!("{} cannot be used: {error}.", config.display());
    let text = fs::read_to_string(config).map_err(|error| wrong(error.to_string()))?;
    let read: serde_json::Value = serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))?;
    Ok(read["mainBinaryName"].as_str().unwrap_or("thuy-nguyen-smart").to_owned())
}

/// The packages one folder down, one folder a kind.
fn files_in(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for kind in fs::read_dir(folder)? {
        let kind = kind?.path();
        if !kind.is_dir() {
            continue;
        }
        for entry in fs::read_dir(kind)? {
            let path = entry?.path();
            if path.is_file() {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}
