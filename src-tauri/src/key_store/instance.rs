//! The name of an instance in the key store: random, kept in the data folder, so that a folder
//! that is moved takes its name along and two folders never share an entry.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;

use citizen_core::ports::{Random as _, SystemRandom};
use citizen_core::store::{InstanceLock, StoreError};

const FILE: &str = "instance-name";
const HEX_DIGITS: usize = 32;

/// The name of the instance in `data_dir`, made at the first call.
///
/// Under the folder's lock: of two first starts at once only one makes the name.
///
/// # Errors
/// [`StoreError::InUse`] if another process has the folder; any other if the file cannot be read
/// or written, or holds something else.
pub fn name(data_dir: &Path) -> Result<String, StoreError> {
    let _lock = InstanceLock::take(data_dir)?;
    let path = data_dir.join(FILE);
    match std::fs::read_to_string(&path) {
        Ok(name) if name.len() == HEX_DIGITS && name.bytes().all(|byte| byte.is_ascii_hexdigit()) => Ok(name),
        // Keys hang on the name, so another is never made in its place.
        Ok(_) => Err(StoreError::Shape),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(make(&path)?),
        Err(error) => Err(error.into()),
    }
}

/// A new name appears whole or not at all, and is on disk before any key depends on it.
fn make(path: &Path) -> io::Result<String> {
    let mut bytes = [0; HEX_DIGITS / 2];
    SystemRandom.fill(&mut bytes);
    let name: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let fresh = path.with_extension("new");
    let mut file = File::create(&fresh)?;
    file.write_all(name.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&fresh, path)?;
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_keeps_its_name_and_two_folders_differ() {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let first = name(one.path()).unwrap();
        assert_eq!(name(one.path()).unwrap(), first);
        assert_ne!(name(two.path()).unwrap(), first);
    }

    #[test]
    fn a_damaged_name_is_never_replaced_for_the_keys_hang_on_it() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(FILE), "").unwrap();
        assert!(name(dir.path()).is_err());
        assert_eq!(std::fs::read_to_string(dir.path().join(FILE)).unwrap(), "");
    }

    #[test]
    fn a_folder_in_use_is_told_apart_from_a_broken_one() {
        let dir = tempfile::tempdir().unwrap();
        let _held = InstanceLock::take(dir.path()).unwrap();
        assert!(matches!(name(dir.path()), Err(StoreError::InUse)));
    }
}
