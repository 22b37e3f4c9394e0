//! Durable intake against the same rows written as fast as SQLite can, and one by one.

use std::path::Path;
use std::time::{Duration, Instant};

use citizen_backend::auth::Reader;
use citizen_backend::commands::accept;
use citizen_backend::{Backend, Config};
use citizen_contract::command::{CommandBody, Credential, Envelope, Place, Submit};
use citizen_contract::ids::{AccountId, CommandId, UnitId};
use citizen_contract::outcome::Verdict;
use citizen_contract::time::UtcMillis;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use tokio::runtime::Runtime;

use crate::Size;
use crate::pairs::{Goal, in_turns, print_figure};

/// Requests under way at once, and the rows of one raw commit.
const AT_ONCE: usize = 64;
const TABLES: [&str; 5] = ["reports", "report_events", "event_payloads", "command_outcomes", "feed_rows"];

fn random() -> [u8; 10] {
    citizen_backend::clock::random_bytes(&citizen_backend::clock::SystemRandom)
}

/// A fresh text of a report of about the usual length.
pub fn command() -> String {
    let random = random();
    let words = "Đoạn đường trước cổng chợ có ổ gà sâu khoảng hai gang tay, trời mưa nước đọng che mất, \
                 xe máy ngã hai lần trong tuần. Đề nghị xã cho vá tạm trước mùa mưa.";
    let body = CommandBody::Submit(Submit {
        category: "duong_sa".to_owned(),
        words: words.to_owned(),
        place: Place {
            unit_id: Some(UnitId("u67e91d3e0212".to_owned())),
            words: "gần đình làng".to_owned(),
            position: None,
        },
        public: true,
    });
    let created_at = UtcMillis(1_712_282_400_000);
    let id = CommandId::from_parts(created_at, random);
    let (credential, after, expected_revision) = (Credential::Account, None, None);
    let envelope =
        Envelope { id, credential, after, expected_revision, created_at, attachments: Vec::new(), body };
    serde_json::to_string(&envelope).unwrap()
}

/// A citizen without any office.
pub fn reader() -> Reader {
    Reader { account: AccountId::from_parts(UtcMillis(1_712_282_400_000), random()), roles: Vec::new() }
}

async fn take_in(backend: Backend, reports: usize) -> Duration {
    let texts: Vec<String> = (0..reports).map(|_| command()).collect();
    let begun = Instant::now();
    let tasks: Vec<_> = texts
        .chunks(reports.div_ceil(AT_ONCE))
        .map(|part| {
            // Each is a person of their own: nobody's feed is everybody's row.
            let (backend, part, reader) = (backend.clone(), part.to_vec(), reader());
            tokio::spawn(async move {
                for text in part {
                    let outcome = accept(&backend, &reader, vec![text]).await.outcomes.remove(0);
                    assert!(matches!(outcome.verdict, Verdict::Accepted { .. }), "{outcome:?}");
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    begun.elapsed()
}

/// The rows that intake made, table by table.
struct Rows {
    schema: Vec<String>,
    tables: Vec<(String, Vec<Vec<Value>>)>,
}

impl Rows {
    fn read(file: &Path) -> Self {
        let source = Connection::open(file).unwrap();
        let list = TABLES.map(|table| format!("'{table}'")).join(",");
        let schema = format!("SELECT sql FROM sqlite_master WHERE tbl_name IN ({list}) AND sql IS NOT NULL");
        let schema = strings(&source, &schema);
        let tables = TABLES.map(|table| {
            let mut statement = source.prepare(&format!("SELECT * FROM {table}")).unwrap();
            let columns = statement.column_count();
            let marks = vec!["?"; columns].join(",");
            let rows = statement.query_map([], |row| (0..columns).map(|at| row.get(at)).collect()).unwrap();
            (format!("INSERT INTO {table} VALUES ({marks})"), rows.map(Result::unwrap).collect())
        });
        Self { schema, tables: tables.into() }
    }

    /// Writes the first `reports` reports' share of all rows, so many reports in one commit.
    fn write(&self, folder: &Path, all: usize, reports: usize, at_once: usize) -> Duration {
        let file = tempfile::NamedTempFile::new_in(folder).unwrap();
        let db = Connection::open(file.path()).unwrap();
        db.pragma_update(None, "journal_mode", "WAL").unwrap();
        db.pragma_update(None, "synchronous", "FULL").unwrap();
        self.schema.iter().for_each(|sql| db.execute_batch(sql).unwrap());
        db.set_prepared_statement_cache_capacity(32);
        let begun = Instant::now();
        for from in (0..reports).step_by(at_once) {
            db.execute_batch("BEGIN IMMEDIATE").unwrap();
            for (sql, rows) in &self.tables {
                let mut insert = db.prepare_cached(sql).unwrap();
                let place = |report: usize| report * rows.len() / all;
                for row in &rows[place(from)..place((from + at_once).min(reports))] {
                    insert.execute(params_from_iter(row)).unwrap();
                }
            }
            db.execute_batch("COMMIT").unwrap();
        }
        begun.elapsed()
    }
}

fn strings(db: &Connection, sql: &str) -> Vec<String> {
    let mut statement = db.prepare(sql).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

pub fn measure(size: Size) {
    let folder = tempfile::tempdir().unwrap();
    let runtime = Runtime::new().unwrap();
    let config = Config { demo: true, ..Config::in_folder(folder.path()) };
    let opened = runtime.block_on(citizen_backend::open::open(&config)).unwrap();
    let ours = || runtime.block_on(take_in(opened.backend.clone(), size.reports));
    ours();
    let rows = Rows::read(&folder.path().join("backend.db"));
    let write = |reports, at_once| rows.write(folder.path(), size.reports, reports, at_once);

    let group = in_turns(size.rounds, ours, || write(size.reports, AT_ONCE));
    let few = size.reports / 8;
    let single = in_turns(size.rounds / 2 + 1, ours, || write(few, 1));
    let work = size.reports as f64;
    print_figure("durable intake", work / group.ours_s(), "reports/s", Goal::None);
    print_figure("the same rows, raw, 64 reports a commit", work / group.other_s(), "reports/s", Goal::None);
    group.print_speeds("intake ÷ raw group commit", work, work, Goal::AtLeast(0.5));
    single.print_speeds("intake ÷ one commit a report", work, few as f64, Goal::AtLeast(1.0));
}
