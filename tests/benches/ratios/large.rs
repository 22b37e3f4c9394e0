//! What grows with what exists, and must not: the office's queue and a small delta.

use std::path::Path;
use std::time::{Duration, Instant};

use citizen_backend::auth::Reader;
use citizen_backend::commands::accept;
use citizen_backend::db::{DbError, WriteError};
use citizen_backend::{Config, Opened, sync, workbench};
use citizen_contract::query::{QueueRequest, QueueView};
use citizen_contract::session::{Role, RoleInUnit};
use citizen_contract::sync::{Cursor, SyncRequest};
use citizen_contract::time::UtcMillis;
use rusqlite::{Connection, params};
use tokio::runtime::Runtime;

use crate::Size;
use crate::http::spent_ms;
use crate::intake::{command, reader};
use crate::pairs::{Goal, in_turns, print_figure};

const NOW: UtcMillis = UtcMillis(1_712_282_400_000);
/// Reads of one round.
const READS: u32 = 20;
/// Changes of the delta.
const CHANGES: u64 = 100;

/// A backend with so many reports, all of one citizen.
struct Filled {
    opened: Opened,
    citizen: Reader,
    cursor: Cursor,
    _folder: tempfile::TempDir,
}

impl Filled {
    fn with(runtime: &Runtime, reports: u32) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = Config { demo: true, ..Config::in_folder(folder.path()) };
        let citizen = reader();
        let opened = runtime.block_on(async {
            let opened = citizen_backend::open::open(&config).await.unwrap();
            accept(&opened.backend, &citizen, vec![command()]).await;
            opened
        });
        let cursor =
            fill(&folder.path().join("backend.db"), &format!("account:{}", citizen.account), reports);
        Self { opened, citizen, cursor, _folder: folder }
    }

    fn queue(&self, runtime: &Runtime) -> Duration {
        let unit_id = self.opened.backend.profile.catalogue().locality.intake_unit;
        let officer = Reader {
            account: self.citizen.account,
            roles: vec![RoleInUnit { role: Role::Intake, unit_id }],
            child: false,
        };
        let request = QueueRequest {
            view: QueueView::ToTakeIn,
            place_unit: None,
            category: None,
            search: String::new(),
            after: None,
            limit: 50,
        };
        let begun = Instant::now();
        for _ in 0..READS {
            let (officer, request) = (officer.clone(), request.clone());
            let page =
                self.opened.backend.db.read(move |tx| workbench::queue::page(tx, &officer, &request, NOW));
            let page = runtime.block_on(page).map_err(WriteError::<DbError>::flatten).unwrap().unwrap();
            assert_eq!(page.items.len(), 50);
        }
        begun.elapsed() / READS
    }

    fn delta(&self, runtime: &Runtime) -> Duration {
        let begun = Instant::now();
        for _ in 0..READS {
            let request = SyncRequest { cursors: vec![self.cursor.clone()], limit: 500 };
            let answer = sync::answer(&self.opened.backend, Some(&self.citizen), request);
            let answer = runtime.block_on(answer).unwrap();
            let own = answer.feeds.iter().find(|feed| feed.feed == self.cursor.feed).unwrap();
            assert_eq!(own.changes.len() as u64, CHANGES);
        }
        begun.elapsed() / READS
    }
}

/// Copies the one report until there are so many, and gives the cursor before the last changes.
fn fill(file: &Path, feed: &str, reports: u32) -> Cursor {
    let db = Connection::open(file).unwrap();
    db.pragma_update(None, "synchronous", "OFF").unwrap();
    let copy = |table: &str, from: i64, changed: &[(&str, &str)]| {
        let mut names = db.prepare(&format!("SELECT name FROM pragma_table_info('{table}')")).unwrap();
        let names: Vec<String> = names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        let values: Vec<String> = names
            .iter()
            .map(|name| {
                let change = changed.iter().find(|(changed, _)| changed == name);
                change.map_or_else(|| format!("one.{name}"), |(_, value)| (*value).to_owned())
            })
            .collect();
        let sql = format!(
            "WITH RECURSIVE count(n) AS (SELECT ?1 UNION ALL SELECT n + 1 FROM count WHERE n < ?2)
             INSERT INTO {table} SELECT {} FROM count, (SELECT * FROM {table} LIMIT 1) AS one",
            values.join(", ")
        );
        db.execute(&sql, params![from, reports]).unwrap();
    };
    let id = "printf('018e9a4e-8a00-7000-8000-%012x', n)";
    db.execute_batch("BEGIN").unwrap();
    // Only the newest are read with their events.
    let newest = i64::from(reports) - 200;
    copy("report_events", newest, &[("report_id", id)]);
    copy("event_payloads", newest, &[("report_id", id)]);
    copy("reports", 1, &[("id", id), ("number", "'TN-X' || n"), ("due_at", "one.due_at + n * 60000")]);
    let epoch: String =
        db.query_row("SELECT epoch FROM feeds WHERE feed = ?1", [feed], |row| row.get(0)).unwrap();
    db.execute(
        &format!(
            "WITH RECURSIVE count(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < ?2)
             INSERT INTO feed_rows (feed, doc_kind, doc_id, seq, revision, gone)
             SELECT ?1, 'report', {id}, n + 1000, 1, 0 FROM count"
        ),
        params![feed, reports],
    )
    .unwrap();
    let last = u64::from(reports) + 1000;
    db.execute("UPDATE feeds SET seq = ?2 WHERE feed = ?1", params![feed, last as i64]).unwrap();
    db.execute_batch("COMMIT; ANALYZE").unwrap();
    Cursor { feed: feed.to_owned(), epoch, after: last - CHANGES }
}

pub fn measure(size: Size) {
    let runtime = Runtime::new().unwrap();
    let few = Filled::with(&runtime, size.few);
    let many = Filled::with(&runtime, size.many);
    // The first reads of a file warm it.
    for filled in [&few, &many] {
        filled.queue(&runtime);
        filled.delta(&runtime);
    }
    let (pages, before) = (20 * READS, spent_ms(std::process::id()));
    for _ in 0..20 {
        many.queue(&runtime);
    }
    let cost = (spent_ms(std::process::id()) - before) / f64::from(pages);
    print_figure("office's queue, page of 50, many: processor time", cost, "ms", Goal::AtMost(1.0));
    let queue = in_turns(size.rounds, || many.queue(&runtime), || few.queue(&runtime));
    print_figure("office's queue, page of 50, many: time passed", queue.ours_s() * 1000.0, "ms", Goal::None);
    queue.print_times("office's queue: many ÷ few", Goal::AtMost(1.2));
    let delta = in_turns(size.rounds, || many.delta(&runtime), || few.delta(&runtime));
    print_figure("delta of 100 changes, many", delta.ours_s() * 1000.0, "ms", Goal::None);
    delta.print_times("delta of 100 changes: many ÷ few", Goal::AtMost(1.05));
}
