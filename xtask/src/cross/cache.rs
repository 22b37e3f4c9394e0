//! Where everything stands that is costly to make: outside the clone, so that each clone finds it.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::Done;

/// Names another folder for the cache.
const VARIABLE: &str = "CROSS_CACHE_DIR";
/// Says what the folder is, and is locked by whoever works in it.
const MARK: &str = "made-by-cargo-xtask-cross";
/// What is in it. Only these are deleted, so that a wrong variable never costs somebody's files.
const FOLDERS: &[&str] = &["std", "sysroot", "target", "target-without-c", "tools", "types", "warm", "wine"];

/// The folder.
#[derive(Debug)]
pub struct Cache {
    root: PathBuf,
    /// Two at once would take libraries from under each other.
    _alone: File,
}

impl Cache {
    /// The folder that the variable names, or the person's usual one for caches; made if absent.
    pub fn find() -> Result<Self, String> {
        let named = std::env::var_os(VARIABLE).filter(|value| !value.is_empty()).map(PathBuf::from);
        let root = named.or_else(usual).ok_or_else(|| format!("No home folder: set {VARIABLE}."))?;
        if !root.is_absolute() {
            return Err(format!("{VARIABLE} must be a whole path, not {}.", root.display()));
        }
        let alone = mark(&root).map_err(|error| sentence(&root, "made", &error))?;
        if alone.try_lock().is_err() {
            println!("Waiting for another run of cross, which has {}.", root.display());
            alone.lock().map_err(|error| sentence(&root, "waited for", &error))?;
        }
        Ok(Self { root, _alone: alone })
    }

    /// Deletes all of it.
    pub fn empty(&self) -> Done {
        for entry in FOLDERS {
            match fs::remove_dir_all(self.root.join(entry)) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(sentence(&self.root, "emptied", &error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A file or folder in it, which may not exist yet.
    pub fn at(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// A folder in it.
    pub fn folder(&self, name: &str) -> Result<PathBuf, String> {
        let folder = self.root.join(name);
        fs::create_dir_all(&folder).map_err(|error| sentence(&self.root, "made", &error))?;
        Ok(folder)
    }

    /// Writes a file in it; one with the same content keeps its date, for builds look at that.
    pub fn write(&self, name: &str, text: &str) -> Result<PathBuf, String> {
        let file = self.root.join(name);
        if fs::read_to_string(&file).is_ok_and(|old| old == text) {
            return Ok(file);
        }
        let folder = file.parent().unwrap_or(Path::new("/"));
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&file, text))
            .map_err(|error| format!("{} cannot be written: {error}.", file.display()))?;
        Ok(file)
    }
}

fn mark(root: &Path) -> std::io::Result<File> {
    fs::create_dir_all(root)?;
    let file = root.join(MARK);
    fs::write(&file, "Delete this folder at will.\n")?;
    File::open(file)
}

fn sentence(root: &Path, what: &str, error: &std::io::Error) -> String {
    format!("The cache {} cannot be {what}: {error}. {VARIABLE} may name another.", root.display())
}

fn usual() -> Option<PathBuf> {
    let caches = std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .filter(|folder| folder.is_absolute())
        .or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache")))?;
    Some(caches.join("thuy-nguyen-smart/cross"))
}
