use super::*;
use crate::ports::SeededRandom;

fn files(dir: &Path, seed: u64) -> SealedFiles {
    SealedFiles::beside(&dir.join("outbox.db"), &DatabaseKey::random(&SeededRandom::new(seed)))
}

fn bytes(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at % 251) as u8).collect()
}

fn place(start: u64, size: usize) -> Place {
    Place { file: "one".to_owned(), start, size: size as u64 }
}

#[test]
fn contents_in_one_file_are_read_piece_by_piece_and_are_not_in_clear() {
    let dir = tempfile::tempdir().unwrap();
    let files = files(dir.path(), 1);
    let (first, second) = (bytes(PIECE_BYTES + 5), bytes(700));
    let contents = [Content { context: "a", bytes: &first }, Content { context: "b", bytes: &second }];
    files.write("one", &contents).unwrap();
    let there = place(0, first.len());
    let mut read = files.piece(&there, "a", 0).unwrap().unwrap();
    read.extend(files.piece(&there, "a", 1).unwrap().unwrap());
    assert_eq!(read, first);
    assert_eq!(files.piece(&there, "a", 2).unwrap(), None);
    assert_eq!(files.piece(&place(there.sealed_size(), 700), "b", 0).unwrap().unwrap(), second);
    let raw = std::fs::read(folder_beside(&dir.path().join("outbox.db")).join("one")).unwrap();
    assert!(!raw.windows(32).any(|window| window == &second[..32]), "bytes in clear");
}

#[test]
fn another_key_another_content_a_changed_byte_and_a_cut_file_give_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let sealed = files(dir.path(), 1);
    let content = bytes(700);
    sealed.write("one", &[Content { context: "a", bytes: &content }]).unwrap();
    let there = place(0, 700);
    assert_eq!(files(dir.path(), 2).piece(&there, "a", 0).unwrap(), None, "another key");
    assert_eq!(sealed.piece(&there, "b", 0).unwrap(), None, "another content");
    let path = folder_beside(&dir.path().join("outbox.db")).join("one");
    let mut raw = std::fs::read(&path).unwrap();
    raw[100] ^= 1;
    std::fs::write(&path, &raw).unwrap();
    assert_eq!(sealed.piece(&there, "a", 0).unwrap(), None, "a changed byte");
    raw[100] ^= 1;
    std::fs::write(&path, &raw[..600]).unwrap();
    assert_eq!(sealed.piece(&there, "a", 0).unwrap(), None, "a cut file");
    std::fs::write(&path, &raw).unwrap();
    assert_eq!(sealed.piece(&there, "a", 0).unwrap().unwrap(), content, "whole again");
}
