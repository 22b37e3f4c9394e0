//! Fresh databases of both engines for tests: real files and a real server, no fakes.
//!
//! The server is a throw-away cluster that this process starts at first use and that ends with it.
//! Where `CITIZEN_TEST_POSTGRES` names a server (`postgres://USER@HOST/postgres`, a role that may
//! create databases), that one is used instead.

mod cluster;

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use super::conn::Engine;
use super::open::Db;
use super::url::DbUrl;

/// Both engines in the order in which tests meet them.
pub const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

/// An empty database that goes away when dropped.
pub struct Fresh {
    url: DbUrl,
    folder: Option<tempfile::TempDir>,
    name: Option<String>,
}

impl Fresh {
    /// Makes one.
    ///
    /// # Panics
    /// When there is no PostgreSQL, with what to install; a test must not pass without it.
    pub fn new(engine: Engine) -> Self {
        let made = match engine {
            Engine::Sqlite => tempfile::tempdir().map_err(|error| error.to_string()).map(|folder| Self {
                url: DbUrl::sqlite(folder.path().join("backend.db")),
                folder: Some(folder),
                name: None,
            }),
            Engine::Postgres => Self::on_server(),
        };
        made.unwrap_or_else(|why| panic!("{why}"))
    }

    fn on_server() -> Result<Self, String> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("citizen_{}_{number}", std::process::id());
        let server = cluster::server()?;
        // The order of one machine's locale would hide a column that lacks its own.
        server.command(&format!(
            "CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"
        ))?;
        Ok(Self { url: DbUrl::Postgres(server.url(&name)), folder: None, name: Some(name) })
    }

    /// Where it lies, for another process or a second [`Db`].
    pub fn url(&self) -> &DbUrl {
        &self.url
    }

    /// The SQLite file.
    pub fn file(&self) -> Option<PathBuf> {
        self.folder.as_ref().map(|folder| folder.path().join("backend.db"))
    }

    /// Opens it.
    ///
    /// # Panics
    /// When it cannot be opened.
    pub fn open(&self) -> Db {
        Db::open(&self.url).unwrap_or_else(|error| panic!("{error}"))
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        // Asked for only where there is a name: asking starts the server.
        if let Some(name) = &self.name
            && let Ok(server) = cluster::server()
        {
            let _ = server.command(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

/// Runs `test` on a fresh database of each engine, one after the other.
pub async fn each_engine<F>(test: impl Fn(Db) -> F)
where
    F: Future<Output = ()>,
{
    for engine in ENGINES {
        // Captured by the test runner and shown when the test fails.
        eprintln!("on {engine:?}");
        let fresh = Fresh::new(engine);
        test(fresh.open()).await;
    }
}
