//! The database room: one `Db` over two engines.
//!
//! A slice writes a closure over [`Tx`]; the room runs it in a transaction on embedded SQLite or on
//! PostgreSQL and answers after COMMIT. The closure is rerunnable (`Fn`), owns its input and has no
//! effect but the transaction, so that a conflict may run it again.
//!
//! SQL is one text for both engines: `?1` placeholders, `ON CONFLICT`, `RETURNING`, int64, text and
//! bytes only. A boolean expression may be selected (it arrives as 0 or 1) but never stored; a SUM
//! is written `CAST(SUM(x) AS BIGINT)`, because PostgreSQL widens it otherwise.
//!
//! To add an engine: implement [`conn::Conn`] and hand out two queues of jobs, as `sqlite` does.

mod backup;
mod conn;
mod dialect;
mod error;
mod job;
mod migrate;
mod open;
#[cfg(feature = "postgres")]
mod postgres;
mod sqlite;
#[cfg(all(any(test, feature = "test-support"), feature = "postgres"))]
pub mod testing;
#[cfg(test)]
#[cfg(feature = "postgres")]
mod tests;
mod tx;
mod url;
mod value;

pub use crate::params;
pub use backup::BackupError;
pub use conn::{Engine, Row};
pub use error::{ConstraintKind, DbError, StorageFault, WriteError};
pub use migrate::{MigrateError, Migration};
pub use open::{Attempt, Db, OpenError, Options, Pause};
pub use sqlite::version::{OLDEST_SQLITE, check_version};
pub use tx::Tx;
pub use url::DbUrl;
pub use value::Value;
