//! A connection to the server.

use std::collections::HashMap;

use postgres::types::private::BytesMut;
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, NoTls, Statement};

use super::error::translate;
use crate::db::conn::{Cells, Conn, Engine, Row};
use crate::db::dialect::dollars;
use crate::db::error::DbError;
use crate::db::value::Value;

/// A deployment has fewer statements than this; one that builds its own text starts the cache anew.
const MOST_STATEMENTS: usize = 512;

/// What an acknowledged COMMIT means must not hang on a server's settings.
const SESSION: &str = "SET client_min_messages = 'error'; SET client_encoding = 'UTF8'; \
    SELECT set_config('synchronous_commit', 'on', false) \
    WHERE current_setting('synchronous_commit') = 'off'";

/// One open connection with its kept statements.
pub(super) struct PostgresConn {
    client: Client,
    statements: HashMap<(String, Vec<Type>), Statement>,
    settled: bool,
}

impl PostgresConn {
    pub(super) fn connect(url: &str) -> Result<Self, DbError> {
        let mut client = Client::connect(url, NoTls).map_err(translate)?;
        client.batch_execute(SESSION).map_err(translate)?;
        Ok(Self { client, statements: HashMap::new(), settled: true })
    }

    /// Whether the connection lives and no transaction is open on it.
    pub(super) fn settled(&self) -> bool {
        self.settled && !self.client.is_closed()
    }

    /// The types are ours, so that the server does not guess a parameter beside a literal to be int4.
    fn statement(&mut self, sql: &str, params: &[Value]) -> Result<Statement, DbError> {
        let types: Vec<Type> = params.iter().map(own_type).collect();
        let key = (sql.to_owned(), types);
        if let Some(statement) = self.statements.get(&key) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare_typed(&dollars(sql), &key.1).map_err(translate)?;
        if self.statements.len() >= MOST_STATEMENTS {
            self.statements.clear();
        }
        self.statements.insert(key, statement.clone());
        Ok(statement)
    }

    /// A schema that changed under a kept statement makes it useless, not the closure wrong.
    fn forget(&mut self, sql: &str) {
        self.statements.retain(|key, _| key.0 != sql);
    }
}

impl Conn for PostgresConn {
    fn engine(&self) -> Engine {
        Engine::Postgres
    }

    fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, DbError> {
        let statement = self.statement(sql, params)?;
        self.client.execute(&statement, &bound(params)).map_err(|error| {
            self.forget(sql);
            translate(error)
        })
    }

    fn query(
        &mut self,
        sql: &str,
        params: &[Value],
        each: &mut dyn FnMut(&Row<'_>) -> Result<(), DbError>,
    ) -> Result<(), DbError> {
        let statement = self.statement(sql, params)?;
        let rows = self.client.query(&statement, &bound(params)).map_err(|error| {
            self.forget(sql);
            translate(error)
        })?;
        rows.iter().try_for_each(|row| each(&Row(row)))
    }

    fn control(&mut self, sql: &str) -> Result<(), DbError> {
        let result = self.client.batch_execute(sql).map_err(translate);
        self.settled = result.is_ok() && (sql.ends_with("COMMIT") || sql == "ROLLBACK");
        result
    }
}

fn own_type(value: &Value) -> Type {
    match value {
        // The server infers the type of a NULL from its place.
        Value::Null => Type::UNKNOWN,
        Value::Int(_) => Type::INT8,
        Value::Text(_) => Type::TEXT,
        Value::Bytes(_) => Type::BYTEA,
    }
}

fn bound(params: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    params.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

impl ToSql for Value {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(n) => n.to_sql(ty, out),
            Self::Text(text) => text.to_sql(ty, out),
            Self::Bytes(bytes) => bytes.to_sql(ty, out),
        }
    }

    // Every parameter is sent as the type that it was prepared with; only a NULL has another.
    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl Cells for postgres::Row {
    fn value(&self, index: usize) -> Result<Value, DbError> {
        let strange = |found: &str| DbError::Column { index, wanted: "a column", found: found.to_owned() };
        let ty = self.columns().get(index).ok_or_else(|| strange("missing"))?.type_();
        let bad = |_| strange(ty.name());
        let value = match *ty {
            Type::INT8 => self.try_get::<_, Option<i64>>(index).map_err(bad)?.map(Value::Int),
            Type::INT4 => self.try_get::<_, Option<i32>>(index).map_err(bad)?.map(Value::from),
            Type::INT2 => self.try_get::<_, Option<i16>>(index).map_err(bad)?.map(|n| Value::Int(n.into())),
            Type::BOOL => self.try_get::<_, Option<bool>>(index).map_err(bad)?.map(Value::from),
            Type::TEXT | Type::VARCHAR | Type::NAME | Type::BPCHAR | Type::UNKNOWN => {
                self.try_get::<_, Option<String>>(index).map_err(bad)?.map(Value::Text)
            }
            Type::BYTEA => self.try_get::<_, Option<Vec<u8>>>(index).map_err(bad)?.map(Value::Bytes),
            _ => return Err(strange(ty.name())),
        };
        Ok(value.unwrap_or(Value::Null))
    }
}
