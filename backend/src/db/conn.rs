//! What an engine's connection does, and a row of its answer.

use super::error::DbError;
use super::value::Value;

/// Which engine runs below, for the few things (search) that differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// The embedded file.
    Sqlite,
    /// A PostgreSQL server, or what speaks its protocol.
    Postgres,
}

/// One connection inside a transaction.
pub(crate) trait Conn {
    fn engine(&self) -> Engine;

    /// Runs one statement and counts the rows it changed.
    fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, DbError>;

    /// Runs one statement and hands each row over.
    fn query(
        &mut self,
        sql: &str,
        params: &[Value],
        each: &mut dyn FnMut(&Row<'_>) -> Result<(), DbError>,
    ) -> Result<(), DbError>;

    /// Runs a statement without parameters that is not worth keeping prepared.
    fn control(&mut self, sql: &str) -> Result<(), DbError>;
}

/// The cells of one row.
pub(crate) trait Cells {
    fn value(&self, index: usize) -> Result<Value, DbError>;
}

/// One row of an answer; columns count from 0.
pub struct Row<'r>(pub(crate) &'r dyn Cells);

impl Row<'_> {
    /// A cell as it is.
    pub fn value(&self, index: usize) -> Result<Value, DbError> {
        self.0.value(index)
    }

    /// A NOT NULL integer.
    pub fn int(&self, index: usize) -> Result<i64, DbError> {
        self.opt_int(index)?.ok_or_else(|| null(index, "int"))
    }

    /// An integer or NULL.
    pub fn opt_int(&self, index: usize) -> Result<Option<i64>, DbError> {
        match self.0.value(index)? {
            Value::Null => Ok(None),
            Value::Int(n) => Ok(Some(n)),
            other => Err(mismatch(index, "int", &other)),
        }
    }

    /// A NOT NULL text.
    pub fn text(&self, index: usize) -> Result<String, DbError> {
        self.opt_text(index)?.ok_or_else(|| null(index, "text"))
    }

    /// A text or NULL.
    pub fn opt_text(&self, index: usize) -> Result<Option<String>, DbError> {
        match self.0.value(index)? {
            Value::Null => Ok(None),
            Value::Text(text) => Ok(Some(text)),
            other => Err(mismatch(index, "text", &other)),
        }
    }

    /// NOT NULL bytes.
    pub fn bytes(&self, index: usize) -> Result<Vec<u8>, DbError> {
        self.opt_bytes(index)?.ok_or_else(|| null(index, "bytes"))
    }

    /// Bytes or NULL.
    pub fn opt_bytes(&self, index: usize) -> Result<Option<Vec<u8>>, DbError> {
        match self.0.value(index)? {
            Value::Null => Ok(None),
            Value::Bytes(bytes) => Ok(Some(bytes)),
            other => Err(mismatch(index, "bytes", &other)),
        }
    }
}

fn mismatch(index: usize, wanted: &'static str, found: &Value) -> DbError {
    DbError::Column { index, wanted, found: found.kind().to_owned() }
}

fn null(index: usize, wanted: &'static str) -> DbError {
    mismatch(index, wanted, &Value::Null)
}
