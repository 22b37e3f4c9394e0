//! Stamps: a hash of the files that a build read, so that it runs again only when they change.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::run;

/// A build step's stamp.
#[derive(Debug)]
pub struct Stamp {
    file: PathBuf,
    now: String,
}

impl Stamp {
    /// The stamp `name` of what stands in `inputs`, files or whole folders.
    pub fn of(name: &str, inputs: &[PathBuf]) -> Result<Self, String> {
        let mut hash = Sha256::new();
        for input in inputs {
            add(input, &mut hash).map_err(|error| format!("{} cannot be read: {error}.", input.display()))?;
        }
        let file = run::target_dir().join("xtask").join(name);
        Ok(Self { file, now: hex::encode(hash.finalize()) })
    }

    /// Whether nothing changed since [`Stamp::keep`].
    pub fn is_fresh(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|kept| kept == self.now)
    }

    /// Remembers that the build of these inputs is done.
    pub fn keep(&self) -> Result<(), String> {
        let folder = self.file.parent().unwrap_or(&self.file);
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&self.file, &self.now))
            .map_err(|error| format!("{} cannot be written: {error}.", self.file.display()))
    }
}

fn add(path: &Path, hash: &mut Sha256) -> std::io::Result<()> {
    if path.is_dir() {
        let mut entries: Vec<PathBuf> =
            fs::read_dir(path)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
        entries.sort();
        return entries.iter().try_for_each(|entry| add(entry, hash));
    }
    if path.exists() {
        let bytes = fs::read(path)?;
        hash.update(path.to_string_lossy().as_bytes());
        hash.update(bytes.len().to_le_bytes());
        hash.update(bytes);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash_of(folder: &Path) -> String {
        Stamp::of("test", &[folder.to_owned()]).unwrap().now
    }

    #[test]
    fn content_names_and_places_count() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("sub/a.txt");
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, "một").unwrap();
        let first = hash_of(folder.path());
        assert_eq!(first, hash_of(folder.path()));
        fs::write(&file, "hai").unwrap();
        let second = hash_of(folder.path());
        assert_ne!(first, second);
        fs::rename(&file, folder.path().join("sub/b.txt")).unwrap();
        assert_ne!(second, hash_of(folder.path()));
    }
}
