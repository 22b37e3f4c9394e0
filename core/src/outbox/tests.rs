use citizen_contract::command::{CommandBody, OnReport};
use citizen_contract::ids::CommandId;
use citizen_contract::time::UtcMillis;

use super::drafts::Draft;
use super::enqueue::{NewCommand, enqueue};
use super::*;
use crate::ports::{NoObserver, Random, SeededRandom};
use crate::store::{Database, DatabaseKey, Durability, StoreError};
use crate::tests::{photo, submit};

mod model;
mod photos;

const NOW: UtcMillis = UtcMillis(1_712_000_000_000);

struct Desk {
    dir: tempfile::TempDir,
    db: Database,
    random: SeededRandom,
}

impl Desk {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let db = open(&dir, MIGRATIONS);
        Self { dir, db, random: SeededRandom::new(11) }
    }

    fn id(&self) -> CommandId {
        let random: &dyn Random = &self.random;
        random.command_id(NOW)
    }

    fn draft(&self, words: &str) -> Draft {
        let id = self.id();
        let form = format!("{{\"words\":\"{words}\"}}");
        let kind = "report.submit".to_owned();
        Draft { id, kind, report_id: id.into(), form, created_at: NOW, saved_at: NOW }
    }

    fn queue(&self, id: CommandId, body: CommandBody) {
        let form = Some("{\"words\":\"như đã viết\"}".to_owned());
        let command = NewCommand { id, body, seen_revision: None, form, photos: Vec::new(), now: NOW };
        enqueue(&self.db, &NoObserver, &command).unwrap();
    }
}

fn open(dir: &tempfile::TempDir, migrations: &[crate::store::Migration]) -> Database {
    let key = DatabaseKey::random(&SeededRandom::new(1));
    Database::open(&dir.path().join("outbox.db"), &key, Durability::Full, migrations).unwrap()
}

#[test]
fn a_draft_with_photos_becomes_one_frozen_command_and_a_draft_again() {
    let desk = Desk::new();
    let draft = desk.draft("Ổ gà");
    drafts::save(&desk.db, &draft).unwrap();
    let picture = photo(&desk.random, attachments::CHUNK_BYTES + 1);
    attachments::add(&desk.db, draft.id, &picture).unwrap();
    desk.queue(draft.id, submit("Ổ gà"));
    assert!(matches!(drafts::get(&desk.db, draft.id), Err(OutboxError::Missing)));
    let item = list::one(&desk.db, draft.id).unwrap();
    assert_eq!(item.envelope.attachments[0].id, picture.id);
    assert_eq!(attachments::bytes(&desk.db, picture.id).unwrap(), picture.bytes);
    let back = remove::recall(&desk.db, draft.id, desk.id(), NOW).unwrap().unwrap();
    assert_eq!(back.id, draft.id, "it never left, so it keeps its id");
    assert_eq!(attachments::of(&desk.db, back.id).unwrap().len(), 1);
    assert!(list::open(&desk.db).unwrap().is_empty());
}

#[test]
fn a_change_that_comes_after_sending_does_not_begin_the_draft_anew() {
    let desk = Desk::new();
    let draft = desk.draft("Ổ gà");
    drafts::save(&desk.db, &draft).unwrap();
    let changed = drafts::change(&desk.db, draft.id, NOW, |form| Ok(form.replace("Ổ gà", "Ổ voi"))).unwrap();
    assert_eq!(drafts::get(&desk.db, draft.id).unwrap(), changed);
    desk.queue(draft.id, submit("Ổ voi"));
    // Read before sending, written after it.
    assert!(matches!(drafts::save(&desk.db, &changed), Err(OutboxError::Missing)));
    let late = drafts::change(&desk.db, draft.id, NOW, |form| Ok(form.to_owned()));
    assert!(matches!(late, Err(OutboxError::Missing)));
    assert!(drafts::latest(&desk.db, &draft.kind).unwrap().is_none());
}

#[test]
fn a_photo_that_is_ready_only_after_sending_is_refused_instead_of_hanging_on_the_command() {
    let desk = Desk::new();
    let draft = desk.draft("Đèn đường hỏng");
    drafts::save(&desk.db, &draft).unwrap();
    desk.queue(draft.id, submit("Đèn đường hỏng"));
    let late = attachments::add(&desk.db, draft.id, &photo(&desk.random, 100)).unwrap_err();
    assert!(matches!(late, OutboxError::Missing));
    assert!(attachments::of(&desk.db, draft.id).unwrap().is_empty());
}

#[test]
fn a_command_that_is_being_sent_cannot_be_taken_back_and_one_that_is_taken_back_is_not_sent() {
    let desk = Desk::new();
    let id = desk.id();
    desk.queue(id, submit("Đèn hỏng"));
    let claim::Due::Now(claimed) = claim::claim(&desk.db, "a", NOW, 5).unwrap() else {
        panic!("nothing due")
    };
    assert_eq!(claimed[0].id, id);
    assert!(matches!(remove::recall(&desk.db, id, desk.id(), NOW), Err(OutboxError::OnItsWay)));
    // The connection was never made: it has not left, so it can be taken back, and then is gone for senders.
    record_waiting(&desk.db, id, Waiting::Offline, UtcMillis(0), false).unwrap();
    remove::recall(&desk.db, id, desk.id(), NOW).unwrap();
    assert!(matches!(claim::claim(&desk.db, "a", NOW, 5).unwrap(), claim::Due::Nothing));
}

#[test]
fn once_the_text_may_have_arrived_a_later_failure_to_connect_does_not_unsay_it() {
    let desk = Desk::new();
    let id = desk.id();
    desk.queue(id, submit("Cây đổ"));
    for exposed in [true, false] {
        claim::claim(&desk.db, "a", NOW, 5).unwrap();
        record_waiting(&desk.db, id, Waiting::Offline, UtcMillis(0), exposed).unwrap();
    }
    assert!(matches!(remove::recall(&desk.db, id, desk.id(), NOW), Err(OutboxError::OnItsWay)));
}

#[test]
fn a_refused_report_is_mended_under_a_fresh_id() {
    let desk = Desk::new();
    let (id, fresh) = (desk.id(), desk.id());
    desk.queue(id, submit("Sai"));
    let problem = citizen_contract::problem::Problem::new(citizen_contract::problem::ProblemCode::Invalid);
    record_refused(&desk.db, id, &problem).unwrap();
    let draft = remove::recall(&desk.db, id, fresh, NOW).unwrap().unwrap();
    assert_eq!((draft.id, draft.report_id), (fresh, fresh.into()));
}

#[test]
fn a_full_disk_says_so_and_keeps_the_draft_as_it_was() {
    let desk = Desk::new();
    let draft = desk.draft("Ngập úng");
    drafts::save(&desk.db, &draft).unwrap();
    let pages = desk.db.pages().unwrap();
    desk.db.limit_pages(pages + 8).unwrap();
    let large = photo(&desk.random, 4 * attachments::CHUNK_BYTES);
    let refused = attachments::add(&desk.db, draft.id, &large).unwrap_err();
    assert_eq!(refused.code(), "storage-full");
    let changed = Draft { form: "x".repeat(400_000), ..draft.clone() };
    assert!(matches!(drafts::save(&desk.db, &changed), Err(OutboxError::Store(StoreError::Full))));
    let command = NewCommand {
        id: draft.id,
        body: submit(&"dài ".repeat(1_000)),
        seen_revision: None,
        form: Some("y".repeat(400_000)),
        photos: Vec::new(),
        now: NOW,
    };
    assert_eq!(enqueue(&desk.db, &NoObserver, &command).unwrap_err().code(), "storage-full");
    assert_eq!(drafts::get(&desk.db, draft.id).unwrap(), draft, "the draft is as it was");
    assert!(list::open(&desk.db).unwrap().is_empty(), "nothing half queued");
    desk.db.limit_pages(u32::MAX - 1).unwrap();
    enqueue(&desk.db, &NoObserver, &command).unwrap();
    assert_eq!(list::open(&desk.db).unwrap().len(), 1, "with room it goes on");
}

#[test]
fn the_oldest_schema_with_a_full_outbox_is_upgraded_and_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let old = open(&dir, &MIGRATIONS[..1]);
    let desk = Desk { db: old, random: SeededRandom::new(2), dir };
    let kept = desk.draft("Bản nháp cũ");
    drafts::save(&desk.db, &kept).unwrap();
    let ids: Vec<_> = (0..50).map(|_| desk.id()).collect();
    for id in &ids {
        desk.queue(*id, submit("Phản ánh cũ"));
    }
    let note = OnReport { report_id: ids[0].into(), words: "thêm".into() };
    desk.queue(desk.id(), CommandBody::AddInformation(note));
    let Desk { dir, db, .. } = desk;
    drop(db);
    let upgraded = open(&dir, MIGRATIONS);
    assert_eq!(drafts::get(&upgraded, kept.id).unwrap(), kept);
    assert_eq!(list::open(&upgraded).unwrap().len(), 51);
    let claim::Due::Now(claimed) = claim::claim(&upgraded, "a", NOW, 50).unwrap() else {
        panic!("nothing due")
    };
    assert_eq!(
        claimed.iter().map(|one| one.id).collect::<Vec<_>>(),
        ids,
        "in the order in which they were queued"
    );
}

#[test]
fn a_sender_that_vanished_gives_way_and_its_command_counts_as_sent_perhaps() {
    let desk = Desk::new();
    let id = desk.id();
    desk.queue(id, submit("Hố ga mất nắp"));
    claim::claim(&desk.db, "vanished", NOW, 5).unwrap();
    assert!(matches!(claim::claim(&desk.db, "other", NOW, 5).unwrap(), claim::Due::Elsewhere(_)));
    let after = NOW.plus_millis(lease::LEASE_MS + 1);
    assert!(matches!(claim::claim(&desk.db, "other", after, 5).unwrap(), claim::Due::Now(_)));
    record_waiting(&desk.db, id, Waiting::Offline, UtcMillis(0), false).unwrap();
    assert!(matches!(remove::delete(&desk.db, id), Err(OutboxError::OnItsWay)));
}
