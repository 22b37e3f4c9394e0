//! One process per data directory: two would send the same outbox and fight over files.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use super::StoreError;

/// Holds a data directory until dropped; the operating system releases it if the process dies.
#[derive(Debug)]
pub struct InstanceLock(#[expect(dead_code, reason = "the open file is the lock")] File);

impl InstanceLock {
    /// Takes the directory, making it if it is missing.
    ///
    /// # Errors
    /// [`StoreError::InUse`] if another process has it.
    pub fn take(data_dir: &Path) -> Result<Self, StoreError> {
        std::fs::create_dir_all(data_dir)?;
        let path = data_dir.join("instance.lock");
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_holder_is_refused_until_the_first_is_gone() {
        let dir = tempfile::tempdir().unwrap();
        let first = InstanceLock::take(dir.path()).unwrap();
        assert!(matches!(InstanceLock::take(dir.path()), Err(StoreError::InUse)));
        drop(first);
        InstanceLock::take(dir.path()).unwrap();
    }
}
