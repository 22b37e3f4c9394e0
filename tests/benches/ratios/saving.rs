//! Saving a report with three photos against a bare write and fdatasync of the same bytes.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use citizen_contract::command::{CommandBody, Place, Submit};
use citizen_contract::ids::{AttachmentId, CommandId, UnitId};
use citizen_contract::time::UtcMillis;
use citizen_core::outbox::attachments::NewAttachment;
use citizen_core::outbox::enqueue::{NewCommand, enqueue};
use citizen_core::outbox::{self};
use citizen_core::ports::{NoObserver, Random, SystemRandom};
use citizen_core::store::{Database, DatabaseKey, Durability};
use citizen_tests::photos::Shot;
use rusqlite::{Connection, params};

use crate::Size;
use crate::pairs::{Goal, in_turns, print_figure};

const NOW: UtcMillis = UtcMillis(1_712_282_400_000);
const CHUNK: usize = 256 * 1024;

fn photos() -> Vec<Vec<u8>> {
    let shots = [Shot::Phone, Shot::RotatedWithPosition, Shot::Camera];
    shots.map(|shot| citizen_core::photos::prepare(&shot.bytes(), Default::default()).unwrap().bytes).into()
}

fn save(db: &Database, random: &dyn Random, photos: &[Vec<u8>]) -> Duration {
    let new = |bytes: &Vec<u8>| NewAttachment {
        id: AttachmentId(random.attachment_id(NOW).0),
        media_type: "image/jpeg",
        bytes: bytes.clone(),
        captured_at: None,
        captured_where: None,
    };
    let command = NewCommand {
        id: CommandId(random.command_id(NOW).0),
        body: CommandBody::Submit(Submit {
            category: "duong_sa".to_owned(),
            words: "Ổ gà trước cổng chợ".to_owned(),
            place: Place {
                unit_id: Some(UnitId("u67e91d3e0212".to_owned())),
                words: "gần đình".to_owned(),
                position: None,
            },
            public: true,
        }),
        seen_revision: None,
        form: None,
        photos: photos.iter().map(new).collect(),
        now: NOW,
    };
    let begun = Instant::now();
    enqueue(db, &NoObserver, &command).unwrap();
    begun.elapsed()
}

fn bare(folder: &Path, photos: &[Vec<u8>]) -> Duration {
    let begun = Instant::now();
    let mut file = File::create(folder.join("bare")).unwrap();
    for photo in photos {
        file.write_all(photo).unwrap();
    }
    file.sync_data().unwrap();
    begun.elapsed()
}

/// A table of chunks, with or without a key: what encryption alone costs.
struct Chunks(Connection);

impl Chunks {
    fn open(file: &Path, key: Option<&str>) -> Self {
        let db = Connection::open(file).unwrap();
        if let Some(key) = key {
            db.pragma_update(None, "key", key).unwrap();
        }
        db.pragma_update(None, "journal_mode", "WAL").unwrap();
        db.pragma_update(None, "synchronous", "FULL").unwrap();
        db.execute_batch("CREATE TABLE chunks (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT").unwrap();
        Self(db)
    }

    fn save(&self, photos: &[Vec<u8>]) -> Duration {
        let begun = Instant::now();
        self.0.execute_batch("BEGIN IMMEDIATE").unwrap();
        for chunk in photos.iter().flat_map(|photo| photo.chunks(CHUNK)) {
            self.0.execute("INSERT INTO chunks (bytes) VALUES (?1)", params![chunk]).unwrap();
        }
        self.0.execute_batch("COMMIT").unwrap();
        begun.elapsed()
    }
}

pub fn measure(size: Size) {
    let folder = tempfile::tempdir().unwrap();
    let random: &dyn Random = &SystemRandom;
    let key = DatabaseKey::random(random);
    let db =
        Database::open(&folder.path().join("outbox.db"), &key, Durability::Full, outbox::MIGRATIONS).unwrap();
    let photos = photos();
    let bytes: usize = photos.iter().map(Vec::len).sum();
    print_figure("three photos, prepared", bytes as f64 / 1024.0, "KiB", Goal::None);
    let saved = in_turns(size.rounds, || save(&db, random, &photos), || bare(folder.path(), &photos));
    print_figure("saving a report with them", saved.ours_s() * 1000.0, "ms", Goal::None);
    saved.print_times("saving ÷ bare write and fdatasync", Goal::AtMost(1.3));
    let raw = "x'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'";
    let locked = Chunks::open(&folder.path().join("locked.db"), Some(raw));
    let plain = Chunks::open(&folder.path().join("plain.db"), None);
    let cost = in_turns(size.rounds, || locked.save(&photos), || plain.save(&photos));
    cost.print_times("the same rows encrypted ÷ in clear", Goal::None);
}
