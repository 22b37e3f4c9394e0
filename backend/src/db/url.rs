//! Where the data lies, as the operator writes it.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// `sqlite:PATH` or `postgres://…`. Its `Debug` hides the address of a server, which may hold a password.
#[derive(Clone, PartialEq, Eq)]
pub enum DbUrl {
    /// An embedded file.
    Sqlite(PathBuf),
    /// A server, in the form that libpq reads.
    Postgres(String),
}

impl DbUrl {
    /// The embedded file at `path`.
    pub fn sqlite(path: impl AsRef<Path>) -> Self {
        Self::Sqlite(path.as_ref().to_path_buf())
    }
}

impl fmt::Debug for DbUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(_) => f.write_str("postgres://…"),
        }
    }
}

/// The text names no engine that we have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a database is named sqlite:PATH or postgres://USER@HOST/NAME")]
pub struct BadDbUrl;

impl FromStr for DbUrl {
    type Err = BadDbUrl;

    fn from_str(text: &str) -> Result<Self, BadDbUrl> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            return if path.is_empty() { Err(BadDbUrl) } else { Ok(Self::sqlite(path)) };
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        Err(BadDbUrl)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_engines_are_named_by_their_scheme() {
        assert_eq!("sqlite:/var/lib/x.db".parse(), Ok(DbUrl::sqlite("/var/lib/x.db")));
        assert!(matches!("postgres://u@h/n".parse(), Ok(DbUrl::Postgres(_))));
        assert_eq!("sqlite:".parse::<DbUrl>(), Err(BadDbUrl));
        assert_eq!("mysql://x".parse::<DbUrl>(), Err(BadDbUrl));
    }

    #[test]
    fn a_password_does_not_show_when_printed() {
        let url: DbUrl = "postgres://u:secret@h/n".parse().unwrap();
        assert!(!format!("{url:?}").contains("secret"));
    }
}
