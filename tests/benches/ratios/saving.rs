//! Saving a report with three photos against a bare write and fdatasync of the same bytes.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use citizen_contract::command::{CommandBody, Place, Submit};
use citizen_contract::ids::{AttachmentId, CommandId, UnitId};
use citizen_contract::time::UtcMillis;
use citizen_core::outbox::attachments::{self, NewAttachment};
use citizen_core::outbox::drafts::{self, Draft};
use citizen_core::outbox::enqueue::{NewCommand, enqueue};
use citizen_core::outbox::{self};
use citizen_core::photos::Prepared;
use citizen_core::ports::{NoObserver, Random, SystemRandom};
use citizen_core::store::{Database, DatabaseKey, Durability};
use citizen_tests::photos::Shot;
use rusqlite::{Connection, params};

use crate::Size;
use crate::pairs::{Goal, in_turns, print_figure};

const NOW: UtcMillis = UtcMillis(1_712_282_400_000);

/// An outbox, and a report with three photos that a person has prepared.
struct Desk {
    db: Database,
    random: SystemRandom,
    photos: Vec<Prepared>,
}

impl Desk {
    fn new(folder: &Path) -> Self {
        let random = SystemRandom;
        let key = DatabaseKey::random(&random);
        let path = folder.join("outbox.db");
        let db = Database::open(&path, &key, Durability::Full, outbox::MIGRATIONS).unwrap();
        let shots = [Shot::Phone, Shot::RotatedWithPosition, Shot::Camera];
        let prepare = |shot: Shot| citizen_core::photos::prepare(&shot.bytes(), Default::default()).unwrap();
        Self { db, random, photos: shots.map(prepare).into() }
    }

    fn new_photos(&self) -> Vec<NewAttachment> {
        let random: &dyn Random = &self.random;
        let new = |photo: &Prepared| NewAttachment {
            id: AttachmentId(random.attachment_id(NOW).0),
            media_type: "image/jpeg",
            bytes: photo.bytes.clone(),
            sha256: photo.sha256.clone(),
            captured_at: None,
            captured_where: None,
        };
        self.photos.iter().map(new).collect()
    }

    fn command(&self, photos: Vec<NewAttachment>) -> NewCommand {
        let random: &dyn Random = &self.random;
        let body = CommandBody::Submit(Submit {
            category: "duong_sa".to_owned(),
            words: "Ổ gà trước cổng chợ".to_owned(),
            place: Place {
                unit_id: Some(UnitId("u67e91d3e0212".to_owned())),
                words: "gần đình".to_owned(),
                position: None,
            },
            public: true,
        });
        let id = CommandId(random.command_id(NOW).0);
        NewCommand { id, body, seen_revision: None, form: None, photos, now: NOW }
    }

    /// All at once: the words and three photos in one transaction.
    fn save(&self) -> Duration {
        let command = self.command(self.new_photos());
        let begun = Instant::now();
        enqueue(&self.db, &NoObserver, &command).unwrap();
        begun.elapsed()
    }

    /// As a person does it: a draft, one photo after the other, then sending; five commits in sum.
    fn choose_and_send(&self) -> Duration {
        let (photos, command) = (self.new_photos(), self.command(Vec::new()));
        let (id, kind, form) = (command.id, "report.submit".to_owned(), "{}".to_owned());
        let draft = Draft { id, kind, report_id: id.into(), form, created_at: NOW, saved_at: NOW };
        let begun = Instant::now();
        drafts::save(&self.db, &draft).unwrap();
        for photo in &photos {
            attachments::add(&self.db, id, photo).unwrap();
        }
        enqueue(&self.db, &NoObserver, &command).unwrap();
        begun.elapsed()
    }
}

fn bare(folder: &Path, photos: &[Prepared]) -> Duration {
    let begun = Instant::now();
    let mut file = File::create(folder.join("bare")).unwrap();
    for photo in photos {
        file.write_all(&photo.bytes).unwrap();
    }
    file.sync_data().unwrap();
    begun.elapsed()
}

/// The same steps without any key: a file of photos, then a commit that names them.
struct Clear {
    db: Connection,
    next: std::cell::Cell<i64>,
}

impl Clear {
    fn open(folder: &Path) -> Self {
        let db = Connection::open(folder.join("clear.db")).unwrap();
        db.pragma_update(None, "journal_mode", "WAL").unwrap();
        db.pragma_update(None, "synchronous", "FULL").unwrap();
        let sql = "CREATE TABLE named (file INTEGER, start INTEGER, words TEXT NOT NULL) STRICT";
        db.execute_batch(sql).unwrap();
        Self { db, next: Default::default() }
    }

    fn save(&self, folder: &Path, photos: &[Prepared]) -> Duration {
        let name = self.next.replace(self.next.get() + 1);
        let begun = Instant::now();
        self.db.execute_batch("BEGIN IMMEDIATE").unwrap();
        let mut file = File::create(folder.join(format!("clear-{name}"))).unwrap();
        for photo in photos {
            file.write_all(&photo.bytes).unwrap();
        }
        file.sync_data().unwrap();
        File::open(folder).unwrap().sync_all().unwrap();
        let words = "x".repeat(700);
        self.db.execute("INSERT INTO named VALUES (?1, 0, ?2)", params![name, words]).unwrap();
        self.db.execute_batch("COMMIT").unwrap();
        begun.elapsed()
    }
}

pub fn measure(size: Size) {
    let folder = tempfile::tempdir().unwrap();
    let desk = Desk::new(folder.path());
    let photos = &desk.photos;
    let bytes: usize = photos.iter().map(|photo| photo.bytes.len()).sum();
    print_figure("three photos, prepared", bytes as f64 / 1024.0, "KiB", Goal::None);
    let saved = in_turns(size.rounds, || desk.save(), || bare(folder.path(), photos));
    print_figure("saving a report with them", saved.ours_s() * 1000.0, "ms", Goal::None);
    print_figure("a bare write and fdatasync of them", saved.other_s() * 1000.0, "ms", Goal::None);
    saved.print_times("saving ÷ bare write and fdatasync", Goal::AtMost(1.3));
    println!(
        "    why: a new file and its folder are synced, then the commit that names it; see docs/adr/0010"
    );
    let clear = Clear::open(folder.path());
    let cost = in_turns(size.rounds, || clear.save(folder.path(), photos), || bare(folder.path(), photos));
    cost.print_times("the same steps in clear ÷ bare", Goal::None);
    let cost = in_turns(size.rounds, || desk.save(), || clear.save(folder.path(), photos));
    cost.print_times("saving ÷ the same steps in clear (what encryption costs)", Goal::None);
    let sum = in_turns(size.rounds, || desk.choose_and_send(), || bare(folder.path(), photos));
    sum.print_times("draft, photos one by one, sending: in sum ÷ bare", Goal::None);
}
