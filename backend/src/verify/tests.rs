//! Each kind of tampering is found and named; erasing is not tampering.

use citizen_contract::ids::ReportId;

use super::{Finding, VerifyReport, checkpoint, run};
use crate::db::Db;
use crate::db::testing::each_engine;
use crate::params;
use crate::testing::{Person, World};

async fn verify(world: &World) -> VerifyReport {
    run(&world.backend.db, &world.backend.signer.key_list().unwrap()).await.unwrap()
}

async fn sign(world: &World) {
    let (signer, now) = (world.backend.signer.clone(), world.now());
    let made = world.write(move |tx| checkpoint(tx, &signer, now, 100)).await;
    assert!(made.is_some());
}

/// A world with one report of four events under a checkpoint, and another report.
async fn signed_world(db: Db) -> (World, ReportId) {
    let world = World::over(db).await;
    let report = world.answered().await;
    world.report().await;
    sign(&world).await;
    let sound = verify(&world).await;
    assert_eq!((sound.reports, sound.events, sound.findings.as_slice()), (2, 5, [].as_slice()));
    (world, report)
}

/// Somebody with access to the database does this, and verification says that.
async fn tampered(sql: &'static [&'static str], expected: impl Fn(String) -> Vec<Finding>) {
    each_engine(async |db| {
        let (world, report) = signed_world(db).await;
        let id = report.to_string();
        for statement in sql.iter().copied() {
            let id = id.clone();
            let changed = world.write(move |tx| tx.execute(statement, params![id.as_str()])).await;
            assert!(changed > 0, "{statement}");
        }
        assert_eq!(verify(&world).await.findings, expected(id), "{sql:?}");
    })
    .await;
}

#[tokio::test]
async fn a_changed_event_is_named() {
    let changed = |report| vec![Finding::EventChanged { report, seq: 2 }];
    tampered(&["UPDATE report_events SET at = at + 1 WHERE report_id = ?1 AND seq = 2"], changed).await;
    tampered(&["UPDATE report_events SET actor = NULL WHERE report_id = ?1 AND seq = 2"], changed).await;
    const WORDS: &str =
        "UPDATE event_payloads SET payload = '{\"words\":\"khác\"}' WHERE report_id = ?1 AND seq = 2";
    tampered(&[WORDS], changed).await;
}

#[tokio::test]
async fn a_deleted_event_is_named_also_the_last_one_and_with_a_mended_row() {
    let deleted = |seq| move |report| vec![Finding::EventDeleted { report, seq }];
    tampered(&["DELETE FROM report_events WHERE report_id = ?1 AND seq = 2"], deleted(2)).await;
    tampered(&["DELETE FROM report_events WHERE report_id = ?1 AND seq = 4"], deleted(4)).await;
    // Whoever mends the row as well is betrayed by the checkpoint.
    tampered(
        &[
            "DELETE FROM report_events WHERE report_id = ?1 AND seq = 4",
            "UPDATE reports SET events = 3, revision = 3, state = 'awaiting_approval', head = \
             (SELECT hash FROM report_events WHERE report_id = ?1 AND seq = 3) WHERE id = ?1",
        ],
        deleted(4),
    )
    .await;
}

#[tokio::test]
async fn reordered_events_are_named() {
    let swap: &[&str] = &[
        "UPDATE report_events SET seq = 9 WHERE report_id = ?1 AND seq = 2",
        "UPDATE report_events SET seq = 2 WHERE report_id = ?1 AND seq = 3",
        "UPDATE report_events SET seq = 3 WHERE report_id = ?1 AND seq = 9",
    ];
    let found = |report: String| {
        vec![
            Finding::EventMoved { report: report.clone(), seq: 2, recorded: 3 },
            Finding::EventMoved { report: report.clone(), seq: 3, recorded: 2 },
            // The event behind them no longer follows what stands before it.
            Finding::EventChanged { report, seq: 4 },
        ]
    };
    tampered(swap, found).await;
}

#[tokio::test]
async fn a_deleted_report_is_named() {
    let gone = |report| vec![Finding::ReportDeleted { report }];
    tampered(&["DELETE FROM reports WHERE id = ?1"], gone).await;
    let everything: &[&str] = &[
        "DELETE FROM reports WHERE id = ?1",
        "DELETE FROM report_events WHERE report_id = ?1",
        "DELETE FROM event_payloads WHERE report_id = ?1",
    ];
    tampered(everything, gone).await;
}

#[tokio::test]
async fn a_projection_that_was_changed_and_a_payload_that_vanished_are_named() {
    const STATE: &str = "UPDATE reports SET state = 'closed' WHERE id = ?1";
    tampered(&[STATE], |report| vec![Finding::ProjectionDiffers { report }]).await;
    const PAYLOAD: &str = "DELETE FROM event_payloads WHERE report_id = ?1 AND seq = 1";
    tampered(&[PAYLOAD], |report| vec![Finding::PayloadMissing { report, seq: 1 }]).await;
}

#[tokio::test]
async fn a_changed_or_deleted_checkpoint_is_named() {
    const FORGED: &str = "UPDATE checkpoint_heads SET seq = 3 WHERE report_id = ?1";
    tampered(&[FORGED], |report| {
        vec![Finding::CheckpointChanged { number: 1 }, Finding::HistoryRewritten { report, seq: 3 }]
    })
    .await;
    each_engine(async |db| {
        let (world, _) = signed_world(db).await;
        world.report().await;
        sign(&world).await;
        assert!(verify(&world).await.is_sound());
        world.write(|tx| tx.execute("DELETE FROM checkpoints WHERE number = 1", params![])).await;
        assert_eq!(verify(&world).await.findings, [Finding::CheckpointDeleted { number: 1 }]);
    })
    .await;
}

#[tokio::test]
async fn an_erased_report_verifies_as_erased_and_leaves_no_word() {
    each_engine(async |db| {
        let (world, report) = signed_world(db).await;
        let grounds = crate::reports::erase::Grounds {
            reason: "theo yêu cầu".to_owned(),
            by: "quản trị".to_owned(),
            now: world.now(),
            salt: [3; 32],
        };
        world.write(move |tx| crate::reports::erase::erase(tx, report, &grounds)).await;
        let result = verify(&world).await;
        // Submission, assignment with a note, and the answer had words; the approval had none.
        assert_eq!((result.erased, result.findings.as_slice()), (3, [].as_slice()));
        for (person, people) in [(Person::Citizen, "sender"), (Person::Officer, "office")] {
            let seen = world.view(person, report).await.unwrap();
            assert_eq!((seen.title.as_str(), seen.words.as_str()), ("", ""), "{people}");
            let text = serde_json::to_string(&seen).unwrap();
            assert!(!text.contains("Ngập") && !text.contains("khơi"), "{text}");
        }
        let left = world
            .read(|tx| {
                tx.query_one("SELECT COUNT(*) FROM reports WHERE folded LIKE '%ngap%'", params![], |row| {
                    row.int(0)
                })
            })
            .await;
        assert_eq!(left, 1, "only the other report is found by its words");
    })
    .await;
}

#[tokio::test]
async fn a_checkpoint_covers_only_what_moved() {
    each_engine(async |db| {
        let (world, report) = signed_world(db).await;
        let (signer, now) = (world.backend.signer.clone(), world.now());
        assert!(world.write(move |tx| checkpoint(tx, &signer, now, 100)).await.is_none());
        world.accept(Person::Officer, &world.words("report.note", report, "Đã gọi điện.")).await;
        let (signer, now) = (world.backend.signer.clone(), world.now());
        let made = world.write(move |tx| checkpoint(tx, &signer, now, 100)).await.unwrap();
        assert_eq!((made.number, made.reports), (2, 2));
        assert!(verify(&world).await.is_sound());
    })
    .await;
}
