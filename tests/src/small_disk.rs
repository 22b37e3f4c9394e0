//! A disk that is really full: the test runs itself again in a mount namespace of its own, on a small
//! file system in memory, where the operating system answers "no space left".

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

const MARK: &str = "CITIZEN_TESTS_SMALL_DISK";

/// The folder of a small disk, inside; nothing outside, after the inner run has passed.
///
/// `test` is the full name of the calling test, as the test runner prints it.
///
/// # Panics
/// When the inner run fails, or the system allows no namespaces: a test must not pass unseen.
#[must_use]
pub fn within(test: &str, megabytes: u32) -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os(MARK) {
        return Some(folder.into());
    }
    let folder = tempfile::tempdir().expect("a folder to mount on");
    let mount = format!("mount -t tmpfs -o size={megabytes}m tmpfs \"${MARK}\" && exec \"$@\"");
    let status = Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", &mount, "sh"])
        .arg(std::env::current_exe().expect("this program"))
        .args(["--exact", test, "--nocapture", "--test-threads=1"])
        .env(MARK, folder.path())
        .status()
        .expect("unshare can be started (Debian package util-linux)");
    assert!(status.success(), "{test} failed on a small disk, or no namespace can be made: {status}");
    None
}

/// Takes all space that is left, and gives it back when dropped.
pub struct Filler(PathBuf);

impl Filler {
    /// Fills the disk of `folder` except `spare` bytes.
    ///
    /// # Panics
    /// When the disk does not become full.
    #[must_use]
    pub fn leaving(folder: &Path, spare: u64) -> Self {
        let path = folder.join("filler");
        let mut file = File::create(&path).expect("a file to fill with");
        let mut written: u64 = 0;
        // Small pieces at the end, so that the last free page is taken too.
        for piece in [1 << 20, 4096] {
            let block = vec![0xa5; piece];
            while file.write_all(&block).is_ok() {
                written += piece as u64;
                assert!(written < 1 << 32, "this disk is not small");
            }
        }
        let taken = file.metadata().expect("the size of the filler").len();
        file.set_len(taken.saturating_sub(spare)).expect("the filler can shrink");
        Self(path)
    }
}

impl Drop for Filler {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filled_disk_takes_no_page_more_until_the_filler_is_dropped() {
        let Some(folder) =
            within("small_disk::tests::a_filled_disk_takes_no_page_more_until_the_filler_is_dropped", 4)
        else {
            return;
        };
        let page = vec![1; 8192];
        let filler = Filler::leaving(&folder, 0);
        let error = std::fs::write(folder.join("more"), &page).unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::StorageFull);
        drop(filler);
        std::fs::write(folder.join("more"), &page).unwrap();
    }
}
