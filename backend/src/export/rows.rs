//! Rows as JSON, by the register: every table and column that belongs to the person.

use serde_json::{Map, Value as Json};

use super::ExportError;
use crate::db::{Row, Tx, Value};
use crate::erase::register::{Column, Sealed, Table};
use crate::erase::{Keys, tables};
use crate::identity::{Declared, NumberKeys};
use crate::ledger::word;

/// All rows of the person, table by table.
pub(super) fn all(
    tx: &mut Tx<'_>,
    keys: &Keys,
    numbers: &NumberKeys,
) -> Result<Map<String, Json>, ExportError> {
    let mut all = Map::new();
    for table in tables().filter(|table| table.is_shown()) {
        let Some((condition, key)) = keys.condition(table) else { continue };
        let names: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
        let sql = format!("SELECT {} FROM {} WHERE {condition}", quoted(&names), table.name);
        let rows = tx.query(&sql, &[key], |row| cells(row, names.len()))?;
        let mut shown = Vec::with_capacity(rows.len());
        for row in rows {
            shown.push(object(table, row, keys, numbers)?);
        }
        all.insert(table.name.to_owned(), Json::Array(shown));
    }
    Ok(all)
}

/// Names such as `start` and `at` are words of SQL elsewhere.
fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
}

fn cells(row: &Row<'_>, count: usize) -> Result<Vec<Value>, crate::db::DbError> {
    (0..count).map(|index| row.value(index)).collect()
}

fn object(table: &Table, row: Vec<Value>, keys: &Keys, numbers: &NumberKeys) -> Result<Json, ExportError> {
    let id = table.columns.iter().position(|(name, _)| *name == "id").and_then(|at| row.get(at).cloned());
    let mut object = Map::new();
    for ((name, column), cell) in table.columns.iter().zip(row) {
        match column {
            Column::Withheld => {}
            Column::Shown => {
                object.insert((*name).to_owned(), plain(cell));
            }
            Column::Unsealed(what) => {
                let name = name.trim_end_matches("_sealed").to_owned();
                let Value::Bytes(sealed) = cell else {
                    object.insert(name, Json::Null);
                    continue;
                };
                let text = unsealed(*what, &sealed, id.as_ref(), keys, numbers);
                object.insert(name, text.ok_or(ExportError::Unreadable)?);
            }
        }
    }
    Ok(Json::Object(object))
}

fn plain(cell: Value) -> Json {
    match cell {
        Value::Null => Json::Null,
        Value::Int(number) => Json::from(number),
        Value::Text(text) => Json::String(text),
        Value::Bytes(bytes) => Json::String(hex::encode(bytes)),
    }
}

fn unsealed(
    what: Sealed,
    sealed: &[u8],
    id: Option<&Value>,
    keys: &Keys,
    numbers: &NumberKeys,
) -> Option<Json> {
    let account = word::id(&keys.account, 0).ok()?;
    match what {
        Sealed::Number => Some(Json::String(numbers.unseal(sealed, account)?.reveal().to_owned())),
        Sealed::Phone => Some(Json::String(numbers.unseal_phone(sealed, account)?)),
        Sealed::Person => serde_json::to_value(Declared::unseal(numbers, account, sealed)?).ok(),
        Sealed::Wish => {
            let Some(Value::Text(id)) = id else { return None };
            let id: citizen_contract::ids::DataRequestId = id.parse().ok()?;
            serde_json::from_str(&numbers.unseal_text(sealed, id.0.as_bytes())?).ok()
        }
    }
}
