//! Durable intake against the same rows written as fast as SQLite can, and one by one.
//!
//! The raw files get, round after round, the rows that intake has just made, so that all files are
//! of the same size when they are compared.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
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
use crate::pairs::{Goal, Pairs, in_turns, print_figure};

/// Reports in one raw commit.
const AT_ONCE: usize = 64;
/// Requests under way: while one group is committed, the next of the same size gathers.
const UNDER_WAY: usize = 2 * AT_ONCE;
/// Each table that intake adds rows to, with the column that holds the report's or command's id.
const TABLES: [(&str, &str); 5] = [
    ("reports", "id"),
    ("report_events", "report_id"),
    ("event_payloads", "report_id"),
    ("command_outcomes", "command_id"),
    ("feed_rows", "doc_id"),
];
/// Commands are minted one millisecond after another, as ids of version 7 are in life.
static MINTED: AtomicI64 = AtomicI64::new(1_712_282_400_000);

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
    let created_at = UtcMillis(MINTED.fetch_add(1, Ordering::Relaxed));
    let id = CommandId::from_parts(created_at, random);
    let (credential, after, expected_revision) = (Credential::Account, None, None);
    let envelope =
        Envelope { id, credential, after, expected_revision, created_at, attachments: Vec::new(), body };
    serde_json::to_string(&envelope).unwrap()
}

/// A citizen without any office.
pub fn reader() -> Reader {
    Reader {
        account: AccountId::from_parts(UtcMillis(1_712_282_400_000), random()),
        roles: Vec::new(),
        child: false,
    }
}

async fn take_in(backend: Backend, reports: usize) -> Duration {
    let texts: Vec<String> = (0..reports).map(|_| command()).collect();
    let begun = Instant::now();
    let tasks: Vec<_> = texts
        .chunks(reports.div_ceil(UNDER_WAY))
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

/// The file of the backend, read from where the last reading ended.
struct Made {
    file: PathBuf,
    last: String,
}

/// The rows of one round, table by table.
struct Rows(Vec<(String, Vec<Vec<Value>>)>);

impl Made {
    fn new(file: PathBuf) -> Self {
        Self { file, last: String::new() }
    }

    fn schema(&self) -> Vec<String> {
        let list = TABLES.map(|(table, _)| format!("'{table}'")).join(",");
        let select = format!("SELECT sql FROM sqlite_master WHERE tbl_name IN ({list}) AND sql IS NOT NULL");
        strings(&Connection::open(&self.file).unwrap(), &select)
    }

    /// What was written since the last call; ids ascend.
    fn fresh(&mut self) -> Rows {
        let source = Connection::open(&self.file).unwrap();
        let rows = Rows(TABLES.map(|(table, id)| since(&source, table, id, &self.last)).into());
        self.last = strings(&source, "SELECT max(id) FROM reports").remove(0);
        rows
    }
}

fn since(source: &Connection, table: &str, id: &str, last: &str) -> (String, Vec<Vec<Value>>) {
    // Ids of reports and commands begin with their time; those of units, which no report made, do not.
    let select = format!("SELECT * FROM {table} WHERE {id} > ?1 AND {id} < '1' ORDER BY {id}");
    let mut statement = source.prepare(&select).unwrap();
    let columns = statement.column_count();
    let rows = statement.query_map([last], |row| (0..columns).map(|at| row.get(at)).collect()).unwrap();
    let marks = vec!["?"; columns].join(",");
    (format!("INSERT INTO {table} VALUES ({marks})"), rows.map(Result::unwrap).collect())
}

/// A file that is given the same rows by nothing but SQLite.
struct Raw(Connection);

impl Raw {
    fn open(file: &Path, schema: &[String]) -> Self {
        let db = Connection::open(file).unwrap();
        db.pragma_update(None, "journal_mode", "WAL").unwrap();
        db.pragma_update(None, "synchronous", "FULL").unwrap();
        // As much as the backend's connection has: the rows are compared, not the memory.
        db.pragma_update(None, "cache_size", -32 * 1024).unwrap();
        schema.iter().for_each(|sql| db.execute_batch(sql).unwrap());
        db.set_prepared_statement_cache_capacity(32);
        Self(db)
    }

    /// Writes the share of the reports `from..to` of `all` that the rows belong to.
    fn write(&self, rows: &Rows, all: usize, (from, to): (usize, usize), at_once: usize) -> Duration {
        let begun = Instant::now();
        for first in (from..to).step_by(at_once) {
            self.0.execute_batch("BEGIN IMMEDIATE").unwrap();
            for (sql, rows) in &rows.0 {
                let mut insert = self.0.prepare_cached(sql).unwrap();
                let place = |report: usize| report * rows.len() / all;
                for row in &rows[place(first)..place((first + at_once).min(to))] {
                    insert.execute(params_from_iter(row)).unwrap();
                }
            }
            self.0.execute_batch("COMMIT").unwrap();
        }
        begun.elapsed()
    }
}

fn strings(db: &Connection, sql: &str) -> Vec<String> {
    let mut statement = db.prepare(sql).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// Pairs of a round of intake and the same round in a raw file, `few` of it in commits of `at_once`
/// and the rest, untimed, in large ones.
fn pairs(size: Size, rounds: usize, few: usize, at_once: usize) -> Pairs {
    let folder = tempfile::tempdir().unwrap();
    let runtime = Runtime::new().unwrap();
    let config = Config { demo: true, ..Config::in_folder(folder.path()) };
    let opened = runtime.block_on(citizen_backend::open::open(&config)).unwrap();
    let made = RefCell::new(Made::new(folder.path().join("backend.db")));
    let raw = Raw::open(&folder.path().join("raw.db"), &made.borrow().schema());
    let waiting = RefCell::new(VecDeque::new());
    let ours = || {
        let spent = runtime.block_on(take_in(opened.backend.clone(), size.reports));
        waiting.borrow_mut().push_back(made.borrow_mut().fresh());
        spent
    };
    ours();
    in_turns(rounds, ours, || {
        let rows = waiting.borrow_mut().pop_front().unwrap();
        let spent = raw.write(&rows, size.reports, (0, few), at_once);
        raw.write(&rows, size.reports, (few, size.reports), size.reports);
        spent
    })
}

pub fn measure(size: Size) {
    let group = pairs(size, size.rounds, size.reports, AT_ONCE);
    let few = size.reports / 8;
    let single = pairs(size, size.rounds / 2 + 1, few, 1);
    let work = size.reports as f64;
    print_figure("durable intake", work / group.ours_s(), "reports/s", Goal::None);
    print_figure("the same rows, raw, 64 reports a commit", work / group.other_s(), "reports/s", Goal::None);
    group.print_speeds("intake ÷ raw group commit", work, work, Goal::AtLeast(0.5));
    single.print_speeds("intake ÷ one commit a report", work, few as f64, Goal::AtLeast(1.0));
}
