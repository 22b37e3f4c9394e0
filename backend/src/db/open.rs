//! `Db`: opens an engine and carries closures to it.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;

use super::conn::Engine;
use super::error::{DbError, StorageFault, WriteError};
use super::job::{Job, job};
use super::sqlite;
use super::tx::Tx;
use super::url::DbUrl;

/// A run that met another transaction.
#[derive(Debug, Clone, Copy)]
pub struct Attempt {
    /// From 1.
    pub number: u32,
    /// Which of the writing connections, from 0.
    pub connection: u32,
}

/// How long to wait before the next run. Randomness, where wanted, comes in here.
pub type Pause = Arc<dyn Fn(Attempt) -> Duration + Send + Sync>;

/// How many connections an engine gets and how it waits.
#[derive(Clone)]
pub struct Options {
    /// Reading connections.
    pub readers: u32,
    /// Writing connections on PostgreSQL; SQLite has one.
    pub writers: u32,
    /// The most closures that one commit covers on SQLite.
    pub group: usize,
    /// The pause before a rerun on PostgreSQL.
    pub pause: Pause,
}

impl Default for Options {
    /// Connections step aside for different times, so that those of one process come apart without
    /// randomness; many processes pass a random [`Pause`].
    fn default() -> Self {
        let pause = |Attempt { number, connection }| {
            Duration::from_millis(u64::from(number.min(8)) * u64::from(1 + connection))
        };
        Self { readers: 4, writers: 4, group: 256, pause: Arc::new(pause) }
    }
}

/// The engine could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// SQLite below [`super::OLDEST_SQLITE`] may lose or corrupt a write-ahead log.
    #[error("SQLite {0} is too old: at least 3.51.3 is needed")]
    OldSqlite(String),
    /// This build holds no such engine.
    #[error("this build cannot open a PostgreSQL database")]
    NoEngine,
    /// The engine said no.
    #[error("the database cannot be opened: {0}")]
    Db(#[from] DbError),
    /// The operating system gave no thread.
    #[error("no thread for the database")]
    Thread(#[source] std::io::Error),
}

/// The two queues of an engine; its threads end when both are dropped.
pub(crate) struct Doors {
    pub(crate) engine: Engine,
    /// Where the embedded one lies.
    pub(crate) file: Option<PathBuf>,
    pub(crate) writes: Sender<Box<dyn Job>>,
    pub(crate) reads: Sender<Box<dyn Job>>,
}

/// The database. Clones share one set of connections.
#[derive(Clone)]
pub struct Db {
    doors: Arc<Doors>,
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Db({:?})", self.doors.engine)
    }
}

impl Db {
    /// Opens with the usual number of connections; blocks the thread shortly.
    pub fn open(url: &DbUrl) -> Result<Self, OpenError> {
        Self::open_with(url, Options::default())
    }

    /// Opens; an SQLite file is made if it is not there, a PostgreSQL database is not.
    pub fn open_with(url: &DbUrl, options: Options) -> Result<Self, OpenError> {
        let doors = match url {
            DbUrl::Sqlite(path) => sqlite::open(path, &options)?,
            #[cfg(feature = "postgres")]
            DbUrl::Postgres(url) => super::postgres::open(url, &options)?,
            #[cfg(not(feature = "postgres"))]
            DbUrl::Postgres(_) => return Err(OpenError::NoEngine),
        };
        Ok(Self { doors: Arc::new(doors) })
    }

    /// Which engine runs below.
    pub fn engine(&self) -> Engine {
        self.doors.engine
    }

    pub(crate) fn file(&self) -> Option<PathBuf> {
        self.doors.file.clone()
    }

    /// Runs `closure` in a transaction and answers after COMMIT. It may run more than once; only the
    /// last run counts. Dropping the future does not stop it.
    pub async fn write<F, T, E>(&self, closure: F) -> Result<T, WriteError<E>>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + Sync + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        carry(&self.doors.writes, closure).await
    }

    /// Runs `closure` over one unchanging view of the data; a write in it fails.
    pub async fn read<F, T, E>(&self, closure: F) -> Result<T, WriteError<E>>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + Sync + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        carry(&self.doors.reads, closure).await
    }
}

async fn carry<F, T, E>(door: &Sender<Box<dyn Job>>, closure: F) -> Result<T, WriteError<E>>
where
    F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + Sync + 'static,
    T: Send + 'static,
    E: From<DbError> + Send + 'static,
{
    let closed = || WriteError::Storage(StorageFault::Closed.into());
    let (job, answer) = job(closure);
    door.send(job).map_err(|_| closed())?;
    answer.await.unwrap_or_else(|_| Err(closed()))
}
