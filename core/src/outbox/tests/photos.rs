//! Photos in sealed files: what a crash, a delete and an older program leave behind.

use super::*;
use crate::outbox::attachments::NewAttachment;
use rusqlite::params;

fn queue_with(desk: &Desk, photos: Vec<NewAttachment>) -> Result<CommandId, OutboxError> {
    let id = desk.id();
    let body = submit("Ổ gà");
    enqueue(
        &desk.db,
        &NoObserver,
        &NewCommand { id, body, seen_revision: None, form: None, photos, now: NOW },
    )?;
    Ok(id)
}

fn files(desk: &Desk) -> usize {
    desk.db.sealed().names().unwrap().len()
}

#[test]
fn a_file_that_no_row_names_is_swept_and_a_named_one_stays() {
    let desk = Desk::new();
    let picture = photo(&desk.random, 3_000);
    queue_with(&desk, vec![picture.clone()]).unwrap();
    // As after a crash between the file and the commit of its row.
    desk.db.sealed().write("nobody", &[]).unwrap();
    assert_eq!(files(&desk), 2);
    sweep(&desk.db);
    assert_eq!(files(&desk), 1);
    assert_eq!(attachments::bytes(&desk.db, picture.id).unwrap(), picture.bytes);
}

#[test]
fn a_deleted_photo_leaves_the_device_and_its_neighbour_in_the_file_stays() {
    let desk = Desk::new();
    let (first, second) = (photo(&desk.random, 3_000), photo(&desk.random, 5_000));
    let id = queue_with(&desk, vec![first.clone(), second.clone()]).unwrap();
    let draft = desk.draft("Nháp");
    drafts::save(&desk.db, &draft).unwrap();
    let third = photo(&desk.random, 900);
    attachments::add(&desk.db, draft.id, &third).unwrap();
    assert_eq!(files(&desk), 2, "one file a save");
    attachments::remove(&desk.db, draft.id, third.id).unwrap();
    assert_eq!(files(&desk), 1);
    assert_eq!(attachments::bytes(&desk.db, second.id).unwrap(), second.bytes);
    remove::delete(&desk.db, id).unwrap();
    assert_eq!(files(&desk), 0);
}

#[test]
fn a_save_that_fails_leaves_neither_row_nor_file() {
    let desk = Desk::new();
    let pages = desk.db.pages().unwrap();
    desk.db.limit_pages(pages + 8).unwrap();
    let large = photo(&desk.random, 4 * attachments::CHUNK_BYTES);
    assert_eq!(queue_with(&desk, vec![large.clone()]).unwrap_err().code(), "storage-full");
    let twice = vec![photo(&desk.random, 100); 2];
    assert!(queue_with(&desk, twice).is_err(), "two photos with one id");
    assert_eq!(files(&desk), 0);
    assert!(list::open(&desk.db).unwrap().is_empty());
}

#[test]
fn a_photo_that_an_older_program_kept_in_rows_is_read_and_shown() {
    let dir = tempfile::tempdir().unwrap();
    let old = open(&dir, &MIGRATIONS[..2]);
    let desk = Desk { db: old, random: SeededRandom::new(2), dir };
    let picture = photo(&desk.random, attachments::CHUNK_BYTES + 9);
    let owner = desk.draft("Nháp cũ");
    drafts::save(&desk.db, &owner).unwrap();
    let keep = |tx: &rusqlite::Transaction<'_>| -> Result<(), StoreError> {
        let id = picture.id.to_string();
        tx.execute(
            "INSERT INTO attachments (id, owner, position, sha256, size, media_type, state)
             VALUES (?1, ?2, 1, ?3, ?4, 'image/jpeg', 'held')",
            params![id, owner.id.to_string(), picture.sha256.as_str(), picture.bytes.len()],
        )?;
        for (seq, bytes) in picture.bytes.chunks(attachments::CHUNK_BYTES).enumerate() {
            let sql = "INSERT INTO chunks (attachment_id, seq, bytes) VALUES (?1, ?2, ?3)";
            tx.execute(sql, params![id, seq, bytes])?;
        }
        Ok(())
    };
    desk.db.write(keep).unwrap();
    let Desk { dir, db, .. } = desk;
    drop(db);
    let upgraded = open(&dir, MIGRATIONS);
    assert_eq!(attachments::bytes(&upgraded, picture.id).unwrap(), picture.bytes);
    let rest = attachments::bytes_at(&upgraded, picture.id, attachments::CHUNK_BYTES as u64 + 2).unwrap();
    assert_eq!(rest, picture.bytes[attachments::CHUNK_BYTES + 2..]);
}
