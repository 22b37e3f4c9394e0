//! Checks that the screens are built, embeds a deployment file if one is given, runs Tauri's build.

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

/// Names a deployment file that a build carries inside: phones get no command line.
const DEPLOYMENT_FILE: &str = "CITIZEN_DEPLOYMENT_FILE";

fn main() -> ExitCode {
    println!("cargo:rerun-if-changed=ui/build/index.html");
    println!("cargo:rerun-if-env-changed={DEPLOYMENT_FILE}");
    if !Path::new("ui/build/index.html").is_file() {
        println!(
            "cargo::error=The screens are not built: ui/build/index.html is missing. \
             Run `npm ci && npm run build` in ui/ first."
        );
        return ExitCode::FAILURE;
    }
    if let Err(reason) = embed_deployment() {
        println!("cargo::error={reason}");
        return ExitCode::FAILURE;
    }
    tauri_build::build();
    ExitCode::SUCCESS
}

/// Puts the given deployment file, or an empty one, where the shell includes it.
fn embed_deployment() -> Result<(), String> {
    let text = match env::var(DEPLOYMENT_FILE) {
        Ok(path) => {
            println!("cargo:rerun-if-changed={path}");
            fs::read_to_string(&path).map_err(|error| format!("{DEPLOYMENT_FILE} ({path}): {error}"))?
        }
        Err(_) => String::new(),
    };
    let out = env::var("OUT_DIR").map_err(|error| format!("OUT_DIR: {error}"))?;
    fs::write(Path::new(&out).join("deployment.json"), text).map_err(|error| error.to_string())
}
