//! The index: used by both engines, filled for reports of older schemas, emptied by erasing.

use citizen_contract::ids::ReportId;

use super::index::STATEMENTS;
use super::*;
use crate::db::testing::{ENGINES, Fresh, each_engine};
use crate::db::{Db, DbError, Engine, Tx, WriteError};
use crate::params;
use crate::testing::World;
use crate::{feeds, ledger};

async fn write<T: Send + 'static>(
    db: &Db,
    closure: impl Fn(&mut Tx<'_>) -> Result<T, DbError> + Send + Sync + 'static,
) -> T {
    db.write(closure).await.map_err(WriteError::flatten).unwrap()
}

async fn these(db: &Db, typed: &'static str) -> Vec<ReportId> {
    match write(db, move |tx| candidates(tx, &Terms::read(typed))).await {
        Candidates::These(ids) => ids,
        Candidates::Anywhere => panic!("{typed} is no common word"),
    }
}

#[tokio::test]
async fn the_statements_go_through_the_index() {
    each_engine(async |db| {
        let world = World::over(db.clone()).await;
        world.report().await;
        for (sql, parameters) in STATEMENTS {
            let plan = write(&db, move |tx| {
                let explain = match tx.engine() {
                    Engine::Sqlite => "EXPLAIN QUERY PLAN",
                    Engine::Postgres => {
                        // A few rows are read whole, whatever there is.
                        tx.execute("SET LOCAL enable_seqscan = off", params![])?;
                        "EXPLAIN"
                    }
                };
                // Values in place of parameters, so that the plan is for these.
                let sql = match parameters {
                    3 => sql.replace("?1", "'a'").replace("?2", "'b'").replace("?3", "100"),
                    _ => sql.replace("?1", "100"),
                };
                let column = usize::from(tx.engine() == Engine::Sqlite) * 3;
                tx.query(&format!("{explain} {sql}"), params![], |row| row.text(column))
            })
            .await
            .join("\n");
            let index = if parameters == 3 {
                ["USING PRIMARY KEY (word>? AND word<?)", "report_words_pkey"]
            } else {
                ["reports_to_index", "reports_to_index"]
            };
            assert!(index.iter().any(|index| plan.contains(index)), "{plan}");
            assert!(!plan.contains("Seq Scan"), "{plan}");
        }
    })
    .await;
}

#[tokio::test]
async fn reports_of_the_first_schema_are_found_before_and_after_they_are_indexed() {
    for engine in ENGINES {
        let fresh = Fresh::new(engine);
        let db = fresh.open();
        let first = [feeds::MIGRATIONS, &ledger::MIGRATIONS[..1]].concat();
        db.migrate(&first).await.unwrap();
        let old: ReportId = "018eac00-0000-7000-8000-000000000001".parse().unwrap();
        write(&db, |tx| {
            tx.execute(
                "INSERT INTO reports (id, number, sender, intake_unit, revision, state, category, urgency, \
                 public, title, folded, submitted_at, take_in_by, queue, due_at, photos_declared, \
                 photos_received, events, head) VALUES ('018eac00-0000-7000-8000-000000000001', 'TN-000001', \
                 's', 'u', 1, 'received', 'c', 'normal', 0, '', 'tn-000001 ngap ung', 0, 0, 'to_take_in', 0, 0, \
                 0, 1, ?1)",
                params![[0_u8; 32].as_slice()],
            )
        })
        .await;
        db.migrate(&crate::joined::migrations()).await.unwrap();
        // Not indexed yet, it is a candidate for everything.
        assert_eq!(these(&db, "ngập").await, [old]);
        assert_eq!(these(&db, "khác").await, [old]);
        assert_eq!(write(&db, |tx| index(tx, 10)).await, 1);
        assert_eq!(write(&db, |tx| index(tx, 10)).await, 0);
        assert_eq!(these(&db, "NGẬP").await, [old]);
        assert_eq!(these(&db, "000001").await, [old]);
        assert_eq!(these(&db, "khác").await, []);
    }
}

#[tokio::test]
async fn a_forgotten_report_leaves_no_word_and_is_indexed_by_what_is_left() {
    each_engine(async |db| {
        let world = World::over(db.clone()).await;
        let report = world.report().await;
        assert_eq!(write(&db, |tx| index(tx, 10)).await, 1);
        assert_eq!(these(&db, "ngap").await, [report]);
        write(&db, move |tx| {
            tx.execute("UPDATE reports SET folded = 'tn-000001'", params![])?;
            forget(tx, report)
        })
        .await;
        let left = |tx: &mut Tx<'_>| tx.query("SELECT word FROM report_words", params![], |row| row.text(0));
        assert_eq!(write(&db, left).await, Vec::<String>::new());
        assert_eq!(write(&db, |tx| index(tx, 10)).await, 1);
        assert_eq!(these(&db, "ngap").await, []);
        assert_eq!(these(&db, "tn-000001").await, [report]);
    })
    .await;
}
