//! The register names every table and every column: a new one cannot be forgotten.

use std::collections::BTreeMap;

use super::dump::schema;
use crate::db::testing::each_engine;
use crate::db::{DbError, WriteError};
use crate::erase::register::Of;
use crate::erase::tables;
use crate::joined::migrations;

#[tokio::test]
async fn every_table_and_column_says_whose_it_is_and_what_becomes_of_it() {
    each_engine(async |db| {
        db.migrate(&migrations()).await.unwrap();
        let real = db.read(schema).await.map_err(WriteError::<DbError>::flatten).unwrap();
        let named: BTreeMap<&str, _> = tables().map(|table| (table.name, table)).collect();
        assert_eq!(named.len(), tables().count(), "no table stands twice");
        let tables: Vec<&str> = real.keys().map(String::as_str).collect();
        let known: Vec<&str> = named.keys().copied().collect();
        assert_eq!(tables, known, "name a new table in erase/tables, and say what becomes of its rows");
        for (name, columns) in &real {
            let table = named[name.as_str()];
            if table.of == Of::Nobody {
                continue;
            }
            let mut known: Vec<&str> = table.columns.iter().map(|(column, _)| *column).collect();
            let mut columns: Vec<&str> = columns.iter().map(String::as_str).collect();
            known.sort_unstable();
            columns.sort_unstable();
            assert_eq!(columns, known, "{name}: say what the owner gets of a new column");
        }
    })
    .await;
}
