//! Folders for tests that write a lot and ask nothing about the disk.

use std::path::Path;

use tempfile::TempDir;

/// So much must be free in memory.
const ENOUGH: u64 = 1 << 30;

/// A folder in memory where there is room for one, else on the disk. What a killed process has written
/// outlives it in both; a loss of power, which only the disk outlives, is nobody's question here.
///
/// # Panics
/// When no folder can be made.
#[must_use]
pub fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let free = rustix::fs::statvfs(memory).map_or(0, |shm| shm.f_bavail.saturating_mul(shm.f_frsize));
    if free >= ENOUGH { TempDir::new_in(memory) } else { TempDir::new() }.expect("a folder")
}
