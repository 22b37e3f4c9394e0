//! The keys of a deployment in its data folder: those that sign, and those that hide numbers.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use citizen_contract::time::UtcMillis;

use crate::clock::{Random, random_bytes};
use crate::identity::NumberKeys;
use crate::receipts::{KeyFileError, Signer};

const NUMBERS: &str = "numbers.key";
const LIST: &str = "keys.json";

/// The keys cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// There are none.
    #[error("this deployment has no keys yet: run `citizen-backend keys init` once")]
    Missing,
    /// The signing keys.
    #[error(transparent)]
    Signing(#[from] KeyFileError),
    /// The keys of numbers.
    #[error("the key file numbers.key: {0}")]
    Numbers(#[from] io::Error),
}

/// All keys of a deployment.
pub struct Keys {
    /// Signs receipts.
    pub signer: Signer,
    /// Hides numbers.
    pub numbers: NumberKeys,
}

/// Makes the keys that are missing; those that are there stay. Files are readable by this user only.
///
/// # Errors
/// [`KeysError`]
pub fn init(folder: &Path, now: UtcMillis, random: &dyn Random) -> Result<(), KeysError> {
    fs::create_dir_all(folder)?;
    let path = folder.join(NUMBERS);
    if !path.exists() {
        // Under other keys no account would be found again: a deployment that works must never get new ones.
        if folder.join(LIST).exists() {
            return Err(
                io::Error::new(io::ErrorKind::NotFound, "is missing; restore it from a backup").into()
            );
        }
        write_private(&path, &random_bytes::<{ NumberKeys::LENGTH }>(random))?;
    }
    Signer::open_or_make(folder, now, random)?;
    Ok(())
}

/// Reads all keys.
///
/// # Errors
/// [`KeysError`]; nothing is made.
pub fn read(folder: &Path, now: UtcMillis, random: &dyn Random) -> Result<Keys, KeysError> {
    if !folder.join(LIST).exists() {
        return Err(KeysError::Missing);
    }
    let bytes = fs::read(folder.join(NUMBERS))?;
    let bytes: [u8; NumberKeys::LENGTH] =
        bytes.try_into().map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "is damaged"))?;
    let signer = Signer::open_or_make(folder, now, random)?;
    Ok(Keys { signer, numbers: NumberKeys::from_bytes(&bytes) })
}

/// Writes beside and renames, so that a crash leaves no half key.
fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = path.with_extension("new");
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemRandom;

    #[test]
    fn lost_number_keys_are_never_replaced_by_new_ones() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(read(folder.path(), UtcMillis(1), &SystemRandom), Err(KeysError::Missing)));
        init(folder.path(), UtcMillis(1), &SystemRandom).unwrap();
        init(folder.path(), UtcMillis(2), &SystemRandom).unwrap();
        assert!(read(folder.path(), UtcMillis(3), &SystemRandom).is_ok());
        fs::remove_file(folder.path().join(NUMBERS)).unwrap();
        assert!(matches!(init(folder.path(), UtcMillis(4), &SystemRandom), Err(KeysError::Numbers(_))));
    }
}
