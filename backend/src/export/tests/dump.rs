//! The whole database, read without any knowledge of what belongs to whom.

use std::collections::BTreeMap;

use crate::db::{Db, DbError, Engine, Tx, Value, WriteError};
use crate::params;

/// A row by its columns.
pub(super) type Cells = BTreeMap<String, Value>;

/// Every table with its columns.
pub(super) fn schema(tx: &mut Tx<'_>) -> Result<BTreeMap<String, Vec<String>>, DbError> {
    let sql = match tx.engine() {
        Engine::Sqlite => {
            "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c \
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY m.name, c.cid"
        }
        Engine::Postgres => {
            "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT) FROM information_schema.columns \
             WHERE table_schema = 'public' ORDER BY table_name, ordinal_position"
        }
    };
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (table, column) in tx.query(sql, params![], |row| Ok((row.text(0)?, row.text(1)?)))? {
        tables.entry(table).or_default().push(column);
    }
    Ok(tables)
}

/// Every row of every table.
pub(super) async fn everything(db: &Db) -> BTreeMap<String, Vec<Cells>> {
    db.read(|tx| {
        let mut all = BTreeMap::new();
        for (table, columns) in schema(tx)? {
            let names: Vec<String> = columns.iter().map(|name| format!("\"{name}\"")).collect();
            let sql = format!("SELECT {} FROM {table}", names.join(", "));
            let rows = tx.query(&sql, params![], |row| {
                let cell = |(at, name): (usize, &String)| Ok((name.clone(), row.value(at)?));
                columns.iter().enumerate().map(cell).collect::<Result<Cells, DbError>>()
            })?;
            all.insert(table, rows);
        }
        Ok(all)
    })
    .await
    .map_err(WriteError::<DbError>::flatten)
    .unwrap()
}

/// The bytes of a cell, for looking into it.
pub(super) fn bytes(value: &Value) -> Vec<u8> {
    match value {
        Value::Null => Vec::new(),
        Value::Int(number) => number.to_string().into_bytes(),
        Value::Text(text) => text.clone().into_bytes(),
        Value::Bytes(bytes) => bytes.clone(),
    }
}

/// Whether these bytes hold that text.
pub(super) fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}
