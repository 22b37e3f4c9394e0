//! Which SQLite is good enough.

use crate::db::open::OpenError;

/// The first version whose write-ahead log cannot be corrupted by a checkpoint that meets a writer
/// starting the log anew.
pub const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);

/// Refuses a version below [`OLDEST_SQLITE`], or one that cannot be read.
pub fn check_version(version: &str) -> Result<(), OpenError> {
    let mut parts = version.split('.').map(|part| part.parse::<u32>().ok());
    let mut next = || parts.next().flatten();
    let found = (next(), next(), next().unwrap_or(0));
    match found {
        (Some(major), Some(minor), patch) if (major, minor, patch) >= OLDEST_SQLITE => Ok(()),
        _ => Err(OpenError::OldSqlite(version.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_below_the_oldest_are_refused() {
        for good in ["3.51.3", "3.52.0", "3.53.4", "4.0"] {
            assert!(check_version(good).is_ok(), "{good}");
        }
        for bad in ["3.51.2", "3.51", "3.9.9", "2.99.99", "", "three"] {
            assert!(matches!(check_version(bad), Err(OpenError::OldSqlite(_))), "{bad}");
        }
        assert!(check_version(rusqlite::version()).is_ok());
    }
}
