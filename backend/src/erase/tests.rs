//! After an erasure nothing that people said, showed or were called in the report is left.

use std::sync::Arc;

use bytes::Bytes;
use citizen_contract::command::AttachmentDeclaration;
use citizen_contract::outcome::Verdict;
use citizen_contract::problem::{Problem, ProblemCode};
use futures::TryStreamExt as _;
use object_store::path::Path;
use object_store::{ObjectStore as _, ObjectStoreExt as _};

use super::*;
use crate::db::Db;
use crate::db::testing::each_engine;
use crate::files::{Chunk, NoFaults, UploadKey, append};
use crate::joined::ReportPhotos;
use crate::testing::{CommandText, Person, World};
use crate::verify;

const WORDS: &str = "Ngập úng đầu ngõ 12, nước đen không thoát được";

struct Desk {
    world: World,
    files: Files,
    number: String,
    photo: AttachmentDeclaration,
    /// The handler's, refused because the officer was faster.
    conflict: CommandText,
}

impl Desk {
    /// A report with a photo, an answer, and a recorded conflict that names the officer.
    async fn over(db: Db) -> Self {
        let world = World::over(db).await;
        let files = Files::new(world.backend.clone(), Arc::new(ReportPhotos), Arc::new(NoFaults));
        let picture = picture();
        let photo = world.photo(&picture);
        let submit = world.submit_words(WORDS).with(vec![photo.clone()]);
        let receipt = world.accept(Person::Citizen, &submit).await;
        let report = receipt.report_id.unwrap();
        let account = Person::Citizen.account();
        let key = UploadKey { account, command: submit.id, attachment: photo.id };
        let chunk = Chunk { offset: 0, bytes: Bytes::from(picture), checksum: None, cut: false };
        append(&files, &key, chunk).await.unwrap();
        world.accept(Person::Officer, &world.assign(report, &world.commune)).await;
        let conflict = world.bare("report.start", report).on(1);
        let names = named(&world.refuse(Person::Handler, &conflict).await);
        assert_eq!(names, [Person::Officer.name()]);
        world.accept(Person::Handler, &world.words("report.answer", report, "Đã khơi thông cống.")).await;
        // Another report's conflict keeps its names.
        let other = world.assigned().await;
        world.refuse(Person::Handler, &world.bare("report.start", other).on(1)).await;
        assert_eq!(world.write(|tx| search::index(tx, 10)).await, 2);
        Self { world, files, number: receipt.report_number.unwrap(), photo, conflict }
    }

    async fn erase(&self) -> Result<Summary, EraseError> {
        erase_report(&self.files, &self.number, "theo yêu cầu của người gửi", "Quản trị Mẫu").await
    }

    async fn blobs(&self) -> usize {
        self.files.backend.blobs.list(None).try_collect::<Vec<_>>().await.unwrap().len()
    }

    async fn holding(&self, table: &str, column: &str, text: &str) -> i64 {
        let (sql, text) =
            (format!("SELECT COUNT(*) FROM {table} WHERE {column} LIKE ?1"), format!("%{text}%"));
        self.world.read(move |tx| tx.query_one(&sql, params![text.as_str()], |row| row.int(0))).await
    }
}

fn named(problem: &Problem) -> Vec<String> {
    assert_eq!(problem.code, ProblemCode::RevisionConflict);
    problem.since.iter().filter_map(|entry| entry.by.clone()).collect()
}

fn picture() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(24, 16).write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

#[tokio::test]
async fn no_word_photo_or_name_is_left_and_the_proof_says_erased() {
    each_engine(async |db| {
        let desk = Desk::over(db).await;
        assert!(desk.blobs().await >= 3, "original and derivatives");
        let done = desk.erase().await.unwrap();
        // Submission, assignment with a note, and answer.
        assert_eq!(done, Summary { payloads: 3, photos: 1, conflicts: 1 });
        assert_eq!(desk.blobs().await, 0);
        assert_eq!(
            desk.holding("event_payloads", "payload", "nước đen không").await,
            1,
            "the other report's"
        );
        assert_eq!(desk.holding("event_payloads", "payload", "khơi").await, 0);
        assert_eq!(desk.holding("reports", "folded", "nuoc den").await, 1, "the other report's");
        assert_eq!(desk.holding("reports", "folded", &desk.number.to_lowercase()).await, 1, "still found");
        assert_eq!(desk.holding("attachments", "id", "").await, 0);
        assert_eq!(desk.holding("report_words", "word", "ngap").await, 1, "the other report's");
        assert_eq!(desk.holding("command_outcomes", "verdict", Person::Officer.name()).await, 1);
        let Verdict::Refused { problem } = desk.world.send(Person::Handler, &desk.conflict).await.verdict
        else {
            panic!("a refused command stays refused");
        };
        assert_eq!((named(&problem), problem.since.len()), (vec![], 1), "what was done stays, by whom goes");
        let verified = verify::run(&desk.world.backend.db, &desk.world.backend.signer.key_list().unwrap())
            .await
            .unwrap();
        assert_eq!((verified.erased, verified.findings.as_slice()), (3, [].as_slice()));
    })
    .await;
}

#[tokio::test]
async fn why_and_by_whom_is_recorded_in_the_chain_and_survives_a_second_erasure() {
    each_engine(async |db| {
        let desk = Desk::over(db).await;
        desk.erase().await.unwrap();
        assert_eq!(desk.holding("event_payloads", "payload", "Quản trị Mẫu").await, 1);
        assert_eq!(desk.erase().await.unwrap(), Summary { payloads: 0, photos: 0, conflicts: 0 });
        assert_eq!(desk.holding("event_payloads", "payload", "Quản trị Mẫu").await, 2);
        assert_eq!(desk.holding("report_events", "act", "erased").await, 2);
        let keys = desk.world.backend.signer.key_list().unwrap();
        assert!(verify::run(&desk.world.backend.db, &keys).await.unwrap().is_sound());
    })
    .await;
}

#[tokio::test]
async fn bytes_that_a_request_under_way_still_stores_go_too() {
    each_engine(async |db| {
        let desk = Desk::over(db).await;
        desk.erase().await.unwrap();
        let late = Path::from(format!("blobs/{}/original", desk.photo.id));
        desk.files.backend.blobs.put(&late, Bytes::from_static(b"late").into()).await.unwrap();
        assert_eq!(files::wipe(&desk.files).await.unwrap(), 1);
        assert_eq!(desk.blobs().await, 0);
        desk.world.clock.advance_s(2 * 3600);
        files::wipe(&desk.files).await.unwrap();
        assert_eq!(files::wipe(&desk.files).await.unwrap(), 0, "nothing is remembered for ever");
    })
    .await;
}

#[tokio::test]
async fn without_a_report_a_reason_and_a_name_nothing_is_erased() {
    each_engine(async |db| {
        let desk = Desk::over(db).await;
        for (number, reason, by) in [(desk.number.as_str(), " ", "a"), (&desk.number, "a", "")] {
            let refused = erase_report(&desk.files, number, reason, by).await;
            assert!(matches!(refused, Err(EraseError::NoGrounds)));
        }
        let unknown = erase_report(&desk.files, "TN-999999", "a", "b").await;
        assert!(matches!(unknown, Err(EraseError::NoReport)));
        assert!(desk.blobs().await >= 3);
    })
    .await;
}
