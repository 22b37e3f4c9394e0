//! Android's manifest and resources, compiled and linked as a build of the app would.
//!
//! Debian's Android is version 10 and libraries come through Gradle only. So what is newer is taken
//! out of a copy (`newer.txt` lists it, all else must be known), and `libraries.xml` stands for
//! what libraries bring.

mod manifest;
mod newer;

use std::fs;
use std::path::{Path, PathBuf};

use newer::Newer;

use crate::run;

const PROJECT: &str = "gen/android";
const SOURCES: &str = "gen/android/app/src/main";
/// Debian's Android itself.
const FRAMEWORK: &str = "/usr/share/android-framework-res/framework-res.apk";
const LIBRARIES: &str = include_str!("libraries.xml");

/// Compiles and links them.
pub fn check() -> Result<String, String> {
    if !run::root().join(PROJECT).is_dir() {
        return Err(format!("{PROJECT} is missing"));
    }
    let newer = Newer::read()?;
    let work = run::target_dir().join("xtask/android");
    if work.exists() {
        fs::remove_dir_all(&work).map_err(|error| sentence(&work, &error))?;
    }
    let sources = run::root().join(SOURCES);
    let files = copy(&sources.join("res"), &work.join("res"), &newer)?;
    write(&work.join("libraries/values/libraries.xml"), LIBRARIES)?;
    let gradle = read(&run::root().join(PROJECT).join("app/build.gradle.kts"))?;
    let manifest = manifest::prepared(&read(&sources.join("AndroidManifest.xml"))?, &gradle, &newer)?;
    manifest::names_are_classes(&manifest, &sources.join("java"), &gradle)?;
    write(&work.join("AndroidManifest.xml"), &manifest)?;
    link(&work)?;
    Ok(format!("{files} resources and the manifest"))
}

fn link(work: &Path) -> Result<(), String> {
    for part in ["libraries", "res"] {
        let mut compile = run::command("aapt2");
        compile.arg("compile").arg("--dir").arg(work.join(part));
        run::finish(compile.arg("-o").arg(work.join(format!("{part}.zip"))))?;
    }
    let mut link = run::command("aapt2");
    link.args(["link", "--auto-add-overlay", "--min-sdk-version", "24", "--target-sdk-version", "29"]);
    link.args(["-I", FRAMEWORK, "-o"]).arg(work.join("app.apk")).arg("--manifest");
    link.arg(work.join("AndroidManifest.xml")).arg(work.join("libraries.zip"));
    run::finish(link.arg("-R").arg(work.join("res.zip")))
        .map_err(|_| format!("refused, see above (line numbers are those of {SOURCES})"))
}

/// Copies a folder; from its XML goes what Android 10 does not know. Lines keep their numbers.
fn copy(from: &Path, to: &Path, newer: &Newer) -> Result<usize, String> {
    let mut files = 0;
    for entry in fs::read_dir(from).map_err(|error| sentence(from, &error))? {
        let path = entry.map_err(|error| sentence(from, &error))?.path();
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            files += copy(&path, &target, newer)?;
            continue;
        }
        files += 1;
        if path.extension().is_some_and(|ending| ending == "xml") {
            write(&target, &newer.without(&read(&path)?))?;
        } else {
            write(&target, "")?;
            fs::copy(&path, &target).map_err(|error| sentence(&path, &error))?;
        }
    }
    Ok(files)
}

fn read(file: &Path) -> Result<String, String> {
    fs::read_to_string(file).map_err(|error| sentence(file, &error))
}

fn write(file: &Path, text: &str) -> Result<(), String> {
    let folder: PathBuf = file.parent().unwrap_or(file).to_owned();
    fs::create_dir_all(folder).and_then(|()| fs::write(file, text)).map_err(|error| sentence(file, &error))
}

fn sentence(place: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}.", place.display())
}
