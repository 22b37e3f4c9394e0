//! The transaction that a closure is given.

use super::conn::{Conn, Engine, Row};
use super::error::{DbError, StorageFault};
use super::value::Value;

/// One transaction. A failed statement spoils it (on both engines alike): every later statement
/// answers [`DbError::Aborted`] and nothing is kept, unless the failure was inside a
/// [`Tx::savepoint`] that was left.
pub struct Tx<'c> {
    conn: &'c mut dyn Conn,
    spoilt: Option<DbError>,
    depth: u32,
}

impl<'c> Tx<'c> {
    pub(crate) fn new(conn: &'c mut dyn Conn) -> Self {
        Self { conn, spoilt: None, depth: 0 }
    }

    /// Which engine runs below.
    pub fn engine(&self) -> Engine {
        self.conn.engine()
    }

    /// Runs one statement and answers how many rows it changed.
    pub fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, DbError> {
        self.guarded(params, |conn| conn.execute(sql, params))
    }

    /// All rows, each through `read`.
    pub fn query<T>(
        &mut self,
        sql: &str,
        params: &[Value],
        mut read: impl FnMut(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        let mut rows = Vec::new();
        self.guarded(params, |conn| {
            conn.query(sql, params, &mut |row| {
                rows.push(read(row)?);
                Ok(())
            })
        })?;
        Ok(rows)
    }

    /// The one row, or none; more than one is an error.
    pub fn query_opt<T>(
        &mut self,
        sql: &str,
        params: &[Value],
        read: impl FnMut(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<Option<T>, DbError> {
        let mut rows = self.query(sql, params, read)?;
        let first = rows.pop();
        if rows.is_empty() { Ok(first) } else { Err(DbError::ManyRows) }
    }

    /// The one row; none is [`DbError::NoRow`].
    pub fn query_one<T>(
        &mut self,
        sql: &str,
        params: &[Value],
        read: impl FnMut(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<T, DbError> {
        self.query_opt(sql, params, read)?.ok_or(DbError::NoRow)
    }

    /// Runs `inner` so that its `Err` undoes its own writes only and the transaction goes on: this is
    /// how a refusal is recorded after the attempt that led to it.
    pub fn savepoint<T, E: From<DbError>>(
        &mut self,
        inner: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let name = format!("inner_{}", self.depth);
        self.guarded(&[], |conn| conn.control(&format!("SAVEPOINT {name}")))?;
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        if result.is_ok() && self.spoilt.is_none() {
            self.guarded(&[], |conn| conn.control(&format!("RELEASE SAVEPOINT {name}")))?;
            return result;
        }
        self.leave(&name)?;
        match result {
            Ok(_) => Err(DbError::Aborted.into()),
            err => err,
        }
    }

    /// A fault of the storage or of concurrency concerns the whole transaction; any other ends here.
    fn leave(&mut self, name: &str) -> Result<(), DbError> {
        if self.fatal().is_some() {
            return Err(DbError::Aborted);
        }
        self.spoilt = None;
        self.guarded(&[], |conn| {
            conn.control(&format!("ROLLBACK TO SAVEPOINT {name}"))?;
            conn.control(&format!("RELEASE SAVEPOINT {name}"))
        })
    }

    /// The failure that spoilt the transaction.
    pub(crate) fn spoilt(&self) -> Option<&DbError> {
        self.spoilt.as_ref()
    }

    /// The failure of the storage or of concurrency, whatever the closure made of it.
    pub(crate) fn fatal(&self) -> Option<&DbError> {
        self.spoilt().filter(|error| match error {
            // A write through the reading door is a mistake of the statement, not of the storage.
            DbError::Storage(fault) => *fault != StorageFault::ReadOnly,
            DbError::Contended => true,
            _ => false,
        })
    }

    fn guarded<T>(
        &mut self,
        params: &[Value],
        run: impl FnOnce(&mut dyn Conn) -> Result<T, DbError>,
    ) -> Result<T, DbError> {
        if self.spoilt.is_some() {
            return Err(DbError::Aborted);
        }
        // Checked before the engine sees it, so this alone does not spoil the transaction.
        params.iter().try_for_each(Value::check)?;
        let result = run(self.conn);
        if let Err(error) = &result {
            self.spoilt = Some(error.clone());
        }
        result
    }
}
